// Fails the build when opening the portal would load more compressed JavaScript than promised: the entry chunk, what it
// imports statically, the chunks of the first page and the larger of the two languages.
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const bytesMax = 120_000
const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))
const manifest = JSON.parse(readFileSync(dist('.vite/manifest.json'), 'utf8'))
const firstPage = ['index.html', 'src/modules/portal/HomePage.vue', 'src/locales/zh-CN.json']

// The list of chunks was made for this check; it is not served.
rmSync(dist('.vite'), { recursive: true })

const files = new Set()
const styles = new Set()
const take = (key) => {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`${key} is not in the build`)
  chunk.css?.forEach((file) => styles.add(file))
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  chunk.imports?.forEach(take)
}
firstPage.forEach(take)

const compressed = (set) => [...set].reduce((sum, file) => sum + gzipSync(readFileSync(dist(file)), { level: 9 }).length, 0)
const scriptBytes = compressed(files)
console.log(`first load of the portal: ${files.size} scripts ${scriptBytes} B, styles ${compressed(styles)} B (gzip); at most ${bytesMax} B of script`)
if (scriptBytes > bytesMax) {
  console.error('The first load of the portal is too large: load what it does not need lazily.')
  process.exit(1)
}
