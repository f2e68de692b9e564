// An administrator runs a round; both sides find their digest in the inbox, read it, and on a phone; exposure is seen.
import { audit, equal, fits, holds, narrow, nothingWrong, settled, shot, wide } from './browser.mjs'

const roundPatienceMs = 60_000

async function opensDigest(who, heading, name) {
  const { page } = who
  await page.goto('/inbox')
  await settled(page)
  const line = page.locator('.briefs > li', { hasText: '匹配简报' }).first()
  await line.getByText('未读').waitFor()
  await shot(page, `inbox-digest-${name}`)
  await line.getByRole('link').click()
  await page.waitForURL(/\/digests\/digest_/)
  await settled(page)
  await page.getByRole('heading', { name: heading }).waitFor()
  await page.getByRole('button', { name: '标为未读' }).waitFor()
  await shot(page, `digest-${name}-1366`)
  await audit(page, `the digest of the ${name}`)
  await page.setViewportSize(narrow)
  await settled(page)
  await fits(page, 'the digest on a phone')
  await shot(page, `digest-${name}-390`)
  await page.setViewportSize(wide)
  nothingWrong(who)
}

export async function walkDigests(world) {
  const { check, supply } = world
  console.log('digests')

  await check('an administrator runs a round and sees it done', async () => {
    const { page } = world.admin
    await page.goto('/admin/rounds')
    await settled(page)
    await page.getByRole('button', { name: '现在匹配一轮' }).click()
    await page.locator('.briefs > li').first().getByText('已完成').waitFor({ timeout: roundPatienceMs })
    await holds(async () => (await page.getByRole('link', { name: /邮件文件/ }).count()) >= 2, 'no mail files')
    await shot(page, 'rounds-1366')
    nothingWrong(world.admin)
  })
  await check('the enterprise finds new supplies for its need in the inbox', async () => {
    await opensDigest(world.enterprise, '为您的需求新找到的资源', 'enterprise')
    const { page } = world.enterprise
    await holds(async () => (await page.locator('.match-list > li').count()) > 0, 'no supplies')
    await page.locator('.match-list > li', { hasText: supply.title }).first().getByRole('link', { name: supply.title }).waitFor()
  })
  await check('what was read leaves the inbox, and comes back as unread', async () => {
    const { page } = world.enterprise
    const lines = () => page.locator('.briefs > li', { hasText: '匹配简报' }).count()
    await page.goto('/inbox')
    await settled(page)
    await equal(() => lines(), 0, 'digests in the inbox')
    await page.goto('/digests')
    await settled(page)
    const first = page.locator('.briefs > li').first()
    await first.getByText('已读').waitFor()
    await first.getByRole('link').click()
    await page.getByRole('button', { name: '标为未读' }).click()
    await page.getByRole('button', { name: '标为已读' }).waitFor()
    await page.goto('/inbox')
    await settled(page)
    await equal(() => lines(), 1, 'digests in the inbox')
    nothingWrong(world.enterprise)
  })
  await check('the supplier finds the needs that suit its supplies', async () => {
    await opensDigest(world.provider, '适合您资源的需求', 'provider')
  })
  await check('exposure by owner, its period and its table', async () => {
    const { page } = world.admin
    await page.goto('/admin/exposure')
    await settled(page)
    await holds(async () => (await page.getByRole('table').getByRole('row').count()) > 2, 'no owners')
    await page.getByLabel('时间').selectOption('7')
    await page.waitForURL(/days=7/)
    await shot(page, 'exposure-1366')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 CSV' }).click()])
    equal(download.suggestedFilename(), 'exposure.csv', 'the file')
    nothingWrong(world.admin)
  })
}
