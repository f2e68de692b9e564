// The enterprise writes a need, sees who could solve it while writing, publishes, and proposes a deal from a match.
import { equal, holds, nothingWrong, settled } from './browser.mjs'

export async function chooseOption(page, id, typed, name) {
  await page.locator('.el-select__wrapper', { has: page.locator(`#${id}`) }).click()
  await page.locator(`#${id}`).pressSequentially(typed)
  await page.getByRole('option', { name, exact: true }).click()
}

export async function walkNeed(world) {
  const { check, must, stamp, supply } = world
  const { page } = world.enterprise
  console.log('need')
  const text = `我们碰到的问题：${String(supply.fields.text).slice(0, 90)}。试过几种办法都压不住，想找人一起解决。`

  await check('matches with reasons appear while the need is written', async () => {
    await page.goto('/work/needs/new')
    await settled(page)
    await page.locator('#field-title').fill(`${supply.title}用不起来 ${stamp}`)
    await page.locator('#field-text').fill(text)
    await page.locator('.match-list li').first().waitFor()
    await holds(async () => (await page.locator('.match-list .reasons li').first().innerText()).trim().length > 2, 'a match without a reason')
    await page.locator('.match-list a', { hasText: supply.title }).first().waitFor()
    nothingWrong(world.enterprise)
  })
  await check('an unsent need survives leaving the page', async () => {
    await page.getByText('已自动保存到本机').waitFor()
    await page.goto('/needs')
    await page.goto('/work/needs/new')
    await page.getByText(/已恢复 .* 自动保存/).waitFor()
    await equal(() => page.locator('#field-text').inputValue(), text, 'restored text')
  })
  await check('what is missing is said beside the field, and the text stays', async () => {
    world.enterprise.expected.push(422)
    await page.getByRole('button', { name: '存为草稿' }).click()
    await page.locator('#field-region-wrong .wrong').waitFor()
    await equal(() => page.locator('#field-text').inputValue(), text, 'text after the refusal')
    nothingWrong(world.enterprise)
  })
  await must('a summary is shown before the need is published', async () => {
    await chooseOption(page, 'field-region', '嘉兴市南湖', '浙江省嘉兴市南湖区')
    await chooseOption(page, 'field-confidentiality', '公开', '公开')
    await page.locator('#field-budget_fen').fill('120.5')
    await page.getByRole('button', { name: '发布…' }).click()
    const dialog = page.getByRole('dialog', { name: '发布前请确认' })
    await dialog.getByText('120.5 万元').waitFor()
    await dialog.getByRole('button', { name: '确认发布' }).click()
    await page.waitForURL(/\/needs\/need_/)
    await page.locator('.page-head .tag', { hasText: '已发布' }).waitFor()
    world.needId = new URL(page.url()).pathname.split('/').pop()
    nothingWrong(world.enterprise)
  })
  await check('the published need has matches, its problems, and a kind can be chosen', async () => {
    await page.locator('.match-list a', { hasText: supply.title }).first().waitFor()
    await page.locator('.problem-list li').first().waitFor()
    await page.getByRole('navigation', { name: '资源类别' }).getByRole('link', { name: '科技成果' }).click()
    await page.waitForURL(/kind=achievement/)
    await page.locator('.match-list a', { hasText: supply.title }).first().waitFor()
    nothingWrong(world.enterprise)
  })
  await check('the owner may say the problems better', async () => {
    await page.getByRole('button', { name: '调整' }).click()
    await page.getByRole('button', { name: '增加一个问题' }).click()
    const inputs = page.locator('textarea[aria-label^="问题 "]')
    await inputs.last().fill('现场还缺一套判断好坏的办法')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已由需求方调整').waitFor()
    await page.locator('.problem-list li', { hasText: '现场还缺一套判断好坏的办法' }).first().waitFor()
    nothingWrong(world.enterprise)
  })
}
