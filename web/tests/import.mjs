// A file with a wrong row: dry run, what is wrong, the wrong rows back, commit; the second import changes nothing.
import { readFileSync } from 'node:fs'
import { equal, holds, nothingWrong, settled } from './browser.mjs'

const countOf = async (page, name) => Number(await page.locator('.counts > div', { hasText: name }).locator('dd').innerText())

export async function walkImport(world) {
  const { check, must, stamp } = world
  const who = world.provider
  const { page } = who
  const owner = world.supply.owner.name
  const file = [
    '成果名称,持有单位,成果说明,产业链环节,所在地,转让或许可价格,备忘',
    `导入一号 ${stamp},${owner},"铝件阳极氧化膜厚在线测量，含 ""边缘"" 修正",machine.tool,330402,12.5,甲`,
    `导入二号 ${stamp},${owner},涂层附着力现场快速判定,chem.coating,嘉兴市南湖区,30,乙`,
    `导入三号 ${stamp},${owner},没有写对地方的一行,chem.coating,火星,30,丙`,
  ].join('\r\n')
  const choose = async () => {
    await page.goto('/work/registers/achievements/import')
    await settled(page)
    await page.locator('#import-file').setInputFiles({ name: '成果.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${file}`) })
    await page.getByRole('button', { name: '检查文件' }).click()
    await page.waitForURL(/\/imports\/imp/)
    await page.locator('.page-head .tag', { hasText: '待确认' }).waitFor()
  }
  console.log('import')

  await must('the dry run counts rows and says what is wrong, and where', async () => {
    await choose()
    await equal(() => countOf(page, '新增'), 2, 'new')
    await equal(() => countOf(page, '有误'), 1, 'wrong')
    const row = page.locator('tbody tr').first()
    await equal(() => row.locator('td').first().innerText(), '4', 'row as the spreadsheet counts')
    await holds(async () => (await row.innerText()).includes('所在地'), 'the field is not named')
    await page.locator('summary', { hasText: '列的对应关系' }).click()
    await page.locator('.mapping li', { hasText: '备忘' }).getByText('不读取').waitFor()
    nothingWrong(who)
  })
  await check('the wrong rows come back with a reason', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /下载有误的 1 行/ }).click()])
    const text = readFileSync(await download.path(), 'utf8')
    holds(text.includes('导入三号') && !text.includes('导入一号'), 'not the wrong rows')
  })
  await check('it can be left, returned to and committed', async () => {
    const address = page.url()
    await page.goto('/inbox')
    await page.goto(address)
    await page.getByRole('button', { name: /写入并发布 2 行/ }).click()
    await page.getByText('导入完成，写入 2 行').waitFor()
    nothingWrong(who)
  })
  await must('the second import changes nothing', async () => {
    await choose()
    await equal(() => countOf(page, '相同'), 2, 'same')
    await equal(() => countOf(page, '新增'), 0, 'new')
    await page.getByText('没有需要写入的行').waitFor()
    nothingWrong(who)
    world.importPath = new URL(page.url()).pathname
  })
}
