// What every walk needs: a browser, people with contexts of their own, ears for errors, axe, screenshots, counted checks.
import { mkdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const screenshots = fileURLToPath(new URL('./screenshots/', import.meta.url))
const patienceMs = 30_000 // of a person with a busy machine; only what never comes waits so long

export const wide = { width: 1366, height: 768 }
export const narrow = { width: 390, height: 844 }

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--lang=zh-CN',
]

/** What each page has asked for and not got. */
const asked = new WeakMap()

export async function openBrowser(executablePath) {
  mkdirSync(screenshots, { recursive: true })
  return chromium.launch({ executablePath, args: flags })
}

/** A person at a browser of their own: `page`, and what went wrong on it so far. */
export async function person(browser, base, { viewport = wide, language, dark = false } = {}) {
  const context = await browser.newContext({ baseURL: base, viewport, locale: 'zh-CN', colorScheme: dark ? 'dark' : 'light', acceptDownloads: true })
  context.setDefaultTimeout(patienceMs)
  if (language) await context.addInitScript((value) => localStorage.setItem('jingwei.language', value), language)
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`))
  })
  const page = await context.newPage()
  const faults = []
  const expected = []
  const open = new Set()
  asked.set(page, open)
  page.on('request', (request) => open.add(request.url()))
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => open.delete(request.url()))
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = message.text()
    if (expected.some((status) => text.includes(`status of ${status}`))) return
    faults.push(`console: ${text} ${message.location().url}`)
  })
  return { context, page, faults, expected }
}

/** Fails when anything was wrong on the person's page since the last call. */
export function nothingWrong(who) {
  const faults = who.faults.splice(0)
  if (faults.length) throw new Error(faults.join('\n'))
}

export async function audit(page, name) {
  await page.evaluate(axeSource)
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), axeTags)
  const where = (node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`
  const told = found.violations.map((violation) => [`${violation.id}: ${violation.help}`, ...violation.nodes.slice(0, 3).map(where)].join('\n    '))
  if (told.length) throw new Error(`axe on ${name}:\n  ${told.join('\n  ')}`)
}

/** Nothing may be wider than the window: a page that scrolls sideways is broken on a phone. */
export async function fits(page, name) {
  const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  if (content > window_) throw new Error(`${name} is ${content} px wide in a window of ${window_} px`)
}

/** Waits until a page shows its content: no skeleton, nothing asked for. What never comes to rest says what it shows and still asks for. */
export async function settled(page) {
  try {
    await page.waitForLoadState('networkidle')
    await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main .skeleton'))
  } catch (error) {
    const shown = await page.evaluate(() => (document.querySelector('main') ?? document.body).innerText.slice(0, 300)).catch(() => 'nothing that can be read')
    throw new Error(`${page.url()} does not come to rest: ${String(error.message).split('\n')[0]}\nit shows: ${shown}\nit waits for: ${[...(asked.get(page) ?? [])].join(' ') || 'nothing'}`)
  }
}

export const shot = (page, name) => page.screenshot({ path: `${screenshots}${name}.png` })

/** What a button saves: its name and its bytes. */
export async function fileOf(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

export function counter() {
  const counts = { passed: 0, failed: 0 }
  let broken = false
  async function check(name, act) {
    try {
      await act()
      counts.passed += 1
      console.log(`  ok    ${name}`)
    } catch (error) {
      counts.failed += 1
      broken = true
      console.log(`  FAIL  ${name}\n        ${String(error.stack ?? error).split('\n').slice(0, 14).join('\n        ')}`)
    }
  }
  /** A step without which the rest of the walk makes no sense. */
  async function must(name, act) {
    broken = false
    await check(name, act)
    if (broken) throw new Error(`gave up after: ${name}`)
  }
  return { counts, check, must }
}

const pollMs = 50

/** What `read` gives, asked again until `fits`: a page shows what happened a moment after it happened. */
async function patiently(read, fits) {
  const end = Date.now() + patienceMs
  for (;;) {
    const value = await read()
    if (fits(value) || Date.now() > end) return value
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** Of a value, at once; of a function that reads the page, within the time that a person would wait. Then it must be awaited. */
export function equal(actual, expected, what) {
  if (typeof actual === 'function') return patiently(actual, (value) => value === expected).then((value) => equal(value, expected, what))
  if (actual !== expected) throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`)
}
export function holds(condition, what) {
  if (typeof condition === 'function') return patiently(condition, Boolean).then((value) => holds(value, what))
  if (!condition) throw new Error(what)
}
