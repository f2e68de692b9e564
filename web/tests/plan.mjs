// The enterprise opens the plan of its need from the matches: alternatives, money, dates, reasons; one A4 page on paper.
import { equal, holds, nothingWrong, settled } from './browser.mjs'

const pdfPage = /\/Type\s*\/Page[^s]/g

export async function walkPlan(world) {
  const { check } = world
  const { page } = world.enterprise
  console.log('plan')

  await check('the plan is reached from the matches, and from the need itself', async () => {
    await page.goto(`/needs/${world.needId}`)
    await settled(page)
    await page.locator('.board-head').getByRole('link', { name: '四链方案' }).click()
    await page.waitForURL(/\/work\/needs\/need_\w+\/plan$/)
    await settled(page)
    await page.getByRole('link', { name: '回到需求' }).click()
    await page.locator('.page-head .acts').getByRole('link', { name: '四链方案' }).click()
    await page.waitForURL(/\/plan$/)
    nothingWrong(world.enterprise)
  })
  await check('each alternative says whom, for how much, by when and why', async () => {
    await settled(page)
    const columns = page.locator('.plan-column')
    const count = await columns.count()
    holds(count >= 1 && count <= 3, `${count} alternatives`)
    await equal(async () => count + (await page.getByText('是同一个方案').count()), 3, 'alternatives and those that are the same')
    const first = columns.first()
    await equal(() => first.locator('h2').innerText(), '最省钱', 'the first alternative')
    await holds(async () => (await first.locator('.sum dd').count()) === 3, 'gross, covered and net')
    await holds(async () => (await first.locator('.plan-steps li').count()) >= 2, 'dated steps')
    await holds(async () => (await first.locator('.parts .reasons li').first().innerText()).trim().length > 2, 'a part without a reason')
    await holds(async () => (await first.getByText(/次选：|没有其他够分数的候选/).count()) > 0, 'what would change it')
    nothingWrong(world.enterprise)
  })
  await check('support without figures is listed as to be set and pays nothing', async () => {
    const clause = page.locator('.clauses li', { hasText: '待填' }).first()
    await holds(async () => (await clause.innerText()).includes('¥0') || (await clause.innerText()).includes('0 元'), 'a clause to be set pays something')
    await clause.getByText(/^出处：/).waitFor()
  })
  await check('on paper it is one A4 page', async () => {
    await page.goto(`/workbench/needs/${world.needId}/plan`)
    await settled(page)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    equal(pdf.toString('latin1').match(pdfPage)?.length, 1, 'pages')
    nothingWrong(world.enterprise)
  })
}
