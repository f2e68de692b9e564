// The self-test by a visitor without an account, the list and a trial by the administrator; both languages, both widths, axe.
import { audit, equal, fits, holds, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

const card = (page, id) => page.locator(`details[data-policy="${id}"]`)
const form = (page) => page.getByRole('region', { name: '基本情况' })

async function walkForm(page) {
  await form(page).getByLabel('是什么单位？').selectOption({ label: '企业' })
  await form(page).getByLabel(/上年研发费用多少？/).fill('200')
  await form(page).getByLabel(/上年研发费用多少？/).press('Tab')
  await form(page).getByLabel('一项都没有').check()
  await settled(page)
  const deduction = card(page, 'rd_deduction')
  await deduction.locator('summary').click()
  await deduction.getByLabel(/主业是烟草制造/).selectOption({ label: '否' })
  await deduction.getByLabel(/是查账征收/).selectOption({ label: '是' })
  await deduction.getByText('可以申领', { exact: true }).waitFor()
}

async function looks(browser, base, world) {
  for (const [id, viewport, language] of [['zh-1366', wide, 'zh-CN'], ['zh-390', narrow, 'zh-CN'], ['en-1366', wide, 'en'], ['en-390', narrow, 'en']]) {
    const visitor = await person(browser, base, { viewport, language })
    await world.check(`policies (${id})`, async () => {
      await visitor.page.goto('/policies')
      await settled(visitor.page)
      await visitor.page.locator('details.policy').first().waitFor()
      await visitor.page.locator('details.policy summary').first().click()
      await shot(visitor.page, `policies-${id}`)
      await fits(visitor.page, 'policies')
      await audit(visitor.page, 'policies')
      nothingWrong(visitor)
    })
    await visitor.context.addCookies(await world.admin.context.cookies())
    await visitor.context.addInitScript(() => localStorage.setItem('jingwei.signed-in', '1'))
    await world.check(`entitled (${id})`, async () => {
      await visitor.page.goto('/work/policies?policy=jiaxing_ladder')
      await settled(visitor.page)
      await shot(visitor.page, `entitled-${id}`)
      await fits(visitor.page, 'entitled')
      await audit(visitor.page, 'entitled')
      nothingWrong(visitor)
    })
    await visitor.context.close()
  }
}

export async function walkPolicy(world) {
  const { browser, base, check, must } = world
  console.log('policy')
  const visitor = await person(browser, base)
  const { page } = visitor
  await must('a visitor finds the self-test from the menu and answers a few questions', async () => {
    await page.goto('/')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '政策自测' }).click()
    await page.waitForURL(/\/policies$/)
    await settled(page)
    await walkForm(page)
    nothingWrong(visitor)
  })
  await check('the answer says what is required, what is known, from where, and the amount', async () => {
    const deduction = card(page, 'rd_deduction')
    await holds(async () => (await deduction.innerText()).includes('50 万元'), 'the amount of 200 万元 at 100 and 25 percent')
    const row = deduction.getByRole('row', { name: /上年有研发费用/ })
    await holds(async () => (await row.innerText()).includes('您填的'), 'where the figure comes from')
    await holds(async () => (await row.innerText()).includes('符合'), 'the verdict')
    await holds(async () => (await deduction.innerText()).includes('待主管部门核对'), 'figures of national rules are marked')
  })
  await check('the same thing is asked once, and a policy leads to where it is asked', async () => {
    const labels = await page.locator('main .field label, main .field legend').allTextContents()
    const twice = labels.filter((label, at) => labels.indexOf(label) !== at)
    equal(twice.length, 0, `questions asked twice (${twice[0]})`)
    const people = page.locator('details.policy').filter({ has: page.getByRole('button', { name: '职工总数', exact: true, includeHidden: true }) }).first()
    await people.locator('summary').click()
    await people.getByRole('button', { name: '职工总数', exact: true }).click()
    await equal(() => form(page).getByLabel(/上年末有多少职工？/).evaluate((field) => field === document.activeElement), true, 'the field in the form has the focus')
    nothingWrong(visitor)
  })
  await check('an amount that nobody has set is told as such', async () => {
    await page.getByRole('button', { name: /^差一点/ }).click()
    await page.waitForURL(/outcome=almost/)
    await page.getByRole('button', { name: /^差一点/ }).click()
    const people = card(page, 'jiaxing_people')
    await people.locator('summary').click()
    await holds(async () => (await people.innerText()).includes('金额待主管部门定'), 'the amount is to be set')
  })
  await check('what was said is still there after a reload, and gone after starting over', async () => {
    await page.reload()
    await settled(page)
    await equal(() => form(page).getByLabel(/上年研发费用多少？/).inputValue(), '200', 'research spending')
    await page.getByRole('button', { name: '重新填' }).click()
    await settled(page)
    await equal(() => form(page).getByLabel(/上年研发费用多少？/).inputValue(), '', 'research spending')
    nothingWrong(visitor)
  })
  await check('a wrong number is told beside its field', async () => {
    const staff = form(page).getByLabel(/上年末有多少职工？/)
    await staff.fill('many')
    await staff.press('Tab')
    await page.getByText('请填不小于 0 的数字').waitFor()
    nothingWrong(visitor)
  })
  await visitor.context.close()

  const admin = world.admin.page
  await check('the administrator tries a period and sees who gains', async () => {
    await admin.goto('/work/policies?policy=jiaxing_ladder')
    await settled(admin)
    await admin.getByRole('button', { name: /^需要补信息/ }).click()
    await settled(admin)
    await holds(async () => (await admin.getByRole('row').count()) > 5, 'certified firms of the demo region')
    await admin.getByLabel('高新技术企业奖励').first().fill('10')
    await admin.getByRole('button', { name: '试算' }).click()
    await admin.getByRole('status').filter({ hasText: '改后多' }).waitFor()
    const [download] = await Promise.all([admin.waitForEvent('download'), admin.getByRole('button', { name: '下载 CSV' }).click()])
    holds(download.suggestedFilename().endsWith('.csv'), download.suggestedFilename())
    nothingWrong(world.admin)
  })
  await looks(browser, base, world)
}
