// Two people walk a deal from proposal to evaluation, each in a browser of their own.
import { equal, holds, nothingWrong, settled } from './browser.mjs'

async function act(page, button, confirm, fill = async () => {}) {
  await page.locator('.page-head').getByRole('button', { name: button }).first().click()
  const dialog = page.getByRole('dialog')
  await fill(dialog)
  await dialog.getByRole('button', { name: confirm }).click()
  await dialog.waitFor({ state: 'detached' })
}
const note = (text) => (dialog) => dialog.locator('#act-note').fill(text)

export async function walkDeal(world) {
  const { check, must, supply } = world
  const buyer = world.enterprise
  const seller = world.provider
  console.log('deal')

  await must('the enterprise proposes a deal from a match', async () => {
    const { page } = buyer
    await page.goto(`/needs/${world.needId}?kind=achievement`)
    const match = page.locator('.match-list > li', { has: page.locator(`a[href$="${supply.id}"]`) })
    await match.getByRole('link', { name: '提出对接' }).click()
    await page.waitForURL(/\/work\/deals\/new/)
    await settled(page)
    await page.locator('#terms-scope').fill('交付图纸、工装和标定规程，在一条线上验证到约定指标。')
    await page.locator('#terms-contract_total').fill('12.5')
    await page.locator('#terms-technology_amount').fill('10')
    await page.locator('#milestone-0-title').fill('图纸与工装')
    await page.locator('#milestone-0-amount').fill('5')
    await page.getByRole('button', { name: '增加里程碑' }).click()
    await page.locator('#milestone-1-title').fill('上线验证')
    await page.locator('#milestone-1-amount').fill('7')
    await page.getByText('与合同交易总额不符').waitFor()
    await page.locator('#milestone-1-amount').fill('7.5')
    await page.getByText('与合同交易总额不符').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '发出提议' }).click()
    await page.waitForURL(/\/deals\/deal_/)
    await page.locator('.page-head .tag', { hasText: '待对方同意' }).waitFor()
    world.dealId = new URL(page.url()).pathname.split('/').pop()
    nothingWrong(buyer)
  })
  await must('the enterprise revises its terms before they are answered', async () => {
    const { page } = buyer
    await page.locator('.page-head').getByRole('link', { name: '修改条款' }).click()
    await settled(page)
    await equal(() => page.locator('#terms-contract_total').inputValue(), '12.5', 'the amount as it was')
    await page.locator('#milestone-0-amount').fill('6')
    await page.locator('#milestone-1-amount').fill('7')
    await page.locator('#terms-contract_total').fill('13')
    await page.getByRole('button', { name: '发出新条款' }).click()
    await page.waitForURL(/\/deals\/deal_[^/]*$/)
    await page.locator('.facts').getByText('13 万元').waitFor()
    nothingWrong(buyer)
  })
  await must('the provider finds it in the inbox and agrees', async () => {
    const { page } = seller
    await page.goto('/inbox')
    await page.locator(`a[href$="${world.dealId}"]`).click()
    await act(page, '同意', '确认同意')
    await page.locator('.page-head .tag', { hasText: '执行中' }).waitFor()
    nothingWrong(seller)
  })
  await check('an act on an old version is refused and the note is kept', async () => {
    buyer.expected.push(412)
    const { page } = buyer
    await page.locator('.page-head').getByRole('button', { name: '不接受' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('#act-note').fill('价格再商量')
    await dialog.getByRole('button', { name: '确认不接受' }).click()
    await dialog.getByText('别人刚刚改过这里').waitFor()
    await equal(() => dialog.locator('#act-note').inputValue(), '价格再商量', 'note')
    await page.keyboard.press('Escape')
    nothingWrong(buyer)
  })
  await must('the provider delivers both milestones', async () => {
    const { page } = seller
    await act(page, /^交付/, '确认交付', note('图纸两套、工装一套，已签收。'))
    await page.locator('td .tag', { hasText: '待验收' }).first().waitFor()
    await act(page, /^交付/, '确认交付', note('上线验证报告和原始数据。'))
    await page.locator('.page-head .tag', { hasText: '已交付，待验收' }).waitFor()
    nothingWrong(seller)
  })
  await must('the enterprise accepts both milestones', async () => {
    const { page } = buyer
    await page.goto(`/deals/${world.dealId}`)
    await act(page, /^验收里程碑 1/, '确认验收', note('图纸齐全。'))
    await page.locator('td .tag', { hasText: '已验收' }).first().waitFor()
    await act(page, /^验收/, '确认验收')
    await page.locator('.page-head .tag', { hasText: '已验收' }).waitFor()
    nothingWrong(buyer)
  })
  await check('both evaluate', async () => {
    for (const [who, words] of [[buyer, '现场解决得干净，资料齐。'], [seller, '配合及时，数据给得全。']]) {
      await who.page.goto(`/deals/${world.dealId}`)
      await act(who.page, '评价', '提交评价', async (dialog) => {
        await dialog.getByRole('radio', { name: /^5/ }).check()
        await note(words)(dialog)
      })
      await who.page.getByText(words).first().waitFor()
      nothingWrong(who)
    }
    await equal(() => seller.page.locator('.steps li.done').count(), 5, 'steps done')
    await holds(async () => (await seller.page.getByRole('link', { name: '下载回执' }).count()) >= 4, 'too few statements')
  })
  await check('the list of deals shows it to both, by side', async () => {
    await buyer.page.goto('/work/deals?side=buyer')
    await buyer.page.locator(`a[href$="${world.dealId}"]`).waitFor()
    await seller.page.goto('/work/deals?side=buyer')
    await settled(seller.page)
    await equal(() => seller.page.locator(`a[href$="${world.dealId}"]`).count(), 0, 'shown to the seller as buyer')
  })
}
