// Writes a .gz sibling beside every text asset of dist/, so that the node serves compressed files without compressing.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const compressible = /\.(js|css|html|svg|json|txt)$/
const bytesMin = 256

for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, String(name))
  if (!compressible.test(path)) continue
  const content = readFileSync(path)
  if (content.length < bytesMin) continue
  writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }))
}
