// The administrator asks in SQL: the table browser, a run, the chart, a refusal with its place, saving, on a screen and on a phone.
import { audit, equal, fileOf, fits, holds, narrow, nothingWrong, settled, shot, wide } from './browser.mjs'

export async function walkQueries(world) {
  const { check } = world
  const { page } = world.admin
  const editor = page.getByLabel('查询（SQL）')
  const answer = page.getByRole('region', { name: '结果' }).first()
  const byRegister = "SELECT register, count(*) AS n\nFROM entries\nWHERE state = 'published'\nGROUP BY register ORDER BY n DESC"
  console.log('queries')

  await check('tables and columns are found and put into the query', async () => {
    await page.goto('/queries')
    await settled(page)
    await page.getByLabel('找表或列').fill('预算')
    await page.locator('summary', { hasText: 'needs' }).waitFor()
    await editor.fill('SELECT ')
    await editor.press('End')
    await page.getByRole('button', { name: 'budget_fen', exact: true }).first().click()
    equal(await editor.inputValue(), 'SELECT budget_fen', 'the query')
    nothingWrong(world.admin)
  })
  await check('a query runs by keyboard and shows its rows', async () => {
    await editor.fill(byRegister)
    await editor.press('Control+Enter')
    await answer.getByRole('cell', { name: 'organizations' }).waitFor()
    await audit(page, 'queries')
    await fits(page, 'queries')
    await shot(page, 'queries')
    nothingWrong(world.admin)
  })
  await check('the same rows are a chart', async () => {
    await page.getByRole('button', { name: '柱图', exact: true }).click()
    await page.locator('.answer-chart canvas').waitFor()
    holds((await page.locator('.answer-chart').getAttribute('aria-label')).includes('n 的图'), 'the chart says nothing')
    equal((await fileOf(page, page.getByRole('button', { name: '下载 PNG' }))).bytes.subarray(1, 4).toString('latin1'), 'PNG', 'signature')
    const svg = (await fileOf(page, page.getByRole('button', { name: '下载 SVG' }))).bytes.toString('utf8')
    holds(svg.startsWith('<svg') && svg.includes('organizations'), 'the chart as SVG names a register')
    await shot(page, 'queries-chart')
    nothingWrong(world.admin)
  })
  await check('what is wrong is said with its place and a remedy', async () => {
    world.admin.expected.push(422)
    await editor.fill("SELECT *\nFROM '/etc/passwd'")
    await page.getByRole('button', { name: '运行' }).click()
    await page.getByRole('alert').getByText('第 2 行第 6 个字').waitFor()
    nothingWrong(world.admin)
    world.admin.expected.length = 0
  })
  await check('a query is saved, opened by its address and removed', async () => {
    await editor.fill(byRegister)
    await page.getByRole('button', { name: '运行' }).click()
    await page.getByRole('button', { name: '折线图' }).click()
    await page.getByRole('button', { name: '保存' }).click()
    const dialog = page.getByRole('dialog', { name: '保存查询' })
    await dialog.getByLabel('名称').fill('需求总数')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.waitForURL(/q=query_/)
    await page.reload()
    await settled(page)
    equal(await editor.inputValue(), byRegister, 'the saved query')
    await page.getByRole('button', { name: '运行' }).click()
    await page.locator('.answer-chart canvas').waitFor()
    equal(await page.getByRole('button', { name: '折线图' }).getAttribute('aria-pressed'), 'true', 'the saved picture')
    await page.setViewportSize(narrow)
    await fits(page, 'queries')
    await shot(page, 'queries-phone')
    await page.setViewportSize(wide)
    await page.getByRole('button', { name: '删除' }).click()
    await page.waitForURL((url) => !url.search.includes('q='))
    nothingWrong(world.admin)
  })
}
