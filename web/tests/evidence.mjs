// A receipt is downloaded and checked by someone without an account: by file, by pasting, by link; a tampered one fails.
import { readFileSync } from 'node:fs'
import { equal, holds, nothingWrong, person, settled } from './browser.mjs'

/** Changes one letter in the middle of the longest line: the statement itself. */
function tampered(receipt) {
  const lines = receipt.split('\n')
  const at = lines.indexOf([...lines].sort((a, b) => b.length - a.length)[0])
  const middle = Math.floor(lines[at].length / 2)
  const letter = lines[at][middle] === 'A' ? 'B' : 'A'
  lines[at] = lines[at].slice(0, middle) + letter + lines[at].slice(middle + 1)
  return lines.join('\n')
}

export async function walkEvidence(world) {
  const { browser, base, check, must } = world
  console.log('evidence')
  const visitor = await person(browser, base)
  const { page } = visitor
  let receipt = ''

  await must('a receipt is downloaded from the deal', async () => {
    const from = world.enterprise.page
    await from.goto(`/deals/${world.dealId}`)
    const link = from.getByRole('link', { name: '下载回执' }).first()
    const [download] = await Promise.all([from.waitForEvent('download'), link.click()])
    world.receiptPath = await download.path()
    receipt = readFileSync(world.receiptPath, 'utf8')
    holds(receipt.startsWith('c2sp.org/tlog-proof@v1\n'), 'not a receipt')
    world.statementId = (await link.getAttribute('href')).split('/').at(-2)
  })
  await check('it is valid by file', async () => {
    await page.goto('/verify')
    await settled(page)
    await page.locator('#receipt-file').setInputFiles({ name: 'deal.receipt', mimeType: 'text/plain', buffer: Buffer.from(receipt) })
    await page.locator('[data-verdict]', { hasText: '回执有效' }).waitFor()
    await equal(() => page.locator('.checks li.bad').count(), 0, 'failed checks')
    nothingWrong(visitor)
  })
  await check('a tampered one is refused, pasted as text', async () => {
    await page.locator('#receipt-text').fill(tampered(receipt))
    await page.getByRole('button', { name: '核验', exact: true }).click()
    await page.locator('[data-verdict].bad', { hasText: '回执无效' }).waitFor()
    await page.locator('#receipt-text').fill('hello')
    await page.getByRole('button', { name: '核验', exact: true }).click()
    await page.locator('[data-verdict].bad').waitFor()
    nothingWrong(visitor)
  })
  await check('it is valid by link', async () => {
    await page.goto(`/verify?statement=${world.statementId}`)
    await page.locator('[data-verdict]', { hasText: '回执有效' }).waitFor()
    nothingWrong(visitor)
  })
  await check('the state of the log is public and says how to check offline', async () => {
    await page.goto('/evidence/log')
    await settled(page)
    await page.locator('pre', { hasText: 'jingwei log verify' }).waitFor()
    nothingWrong(visitor)
  })
  await visitor.context.close()
}
