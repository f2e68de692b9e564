// Forms of registers: a new entry, a change that somebody else overtook, history, withdrawal, a session that ended.
import { equal, nothingWrong, settled } from './browser.mjs'
import { password } from './accounts.mjs'
import { chooseOption } from './need.mjs'

export async function walkForms(world) {
  const { check, must, stamp } = world
  const who = world.provider
  const { page } = who
  console.log('registers')

  await must('a new achievement is written by its definition and published', async () => {
    await page.goto('/work/registers/achievements/new')
    await settled(page)
    await page.locator('#field-title').fill(`低压铸造充型曲线在线修正 ${stamp}`)
    await page.locator('#field-text').fill('按型腔背压修正充型曲线，铝轮毂气孔率由千分之八降到千分之二，已在两台机上跑满三个月。')
    await chooseOption(page, 'field-segment', '新能源汽车-电驱', '新能源汽车-电驱与零部件')
    await chooseOption(page, 'field-region', '桐乡', '浙江省嘉兴市桐乡市')
    await page.locator('#field-price_fen').fill('四十')
    await page.getByRole('button', { name: '保存并发布' }).click()
    await page.locator('#field-price_fen-wrong .wrong').waitFor()
    await page.locator('#field-price_fen').fill('40')
    await page.getByRole('button', { name: '保存并发布' }).click()
    await page.waitForURL(/\/entries\/achievements\//)
    await page.locator('.page-head .tag', { hasText: '已发布' }).waitFor()
    await page.getByText('40 万元').first().waitFor()
    world.entryPath = new URL(page.url()).pathname
    nothingWrong(who)
  })
  await check('a change that somebody else overtook is refused; the text stays', async () => {
    who.expected.push(412)
    const edit = `/work/registers/achievements/${world.entryPath.split('/').pop()}/edit`
    await page.goto(edit)
    await settled(page)
    const second = await who.context.newPage()
    await second.goto(edit)
    await settled(second)
    await second.locator('#field-patents').fill('发明专利 2 件')
    await second.getByRole('button', { name: '保存', exact: true }).click()
    await second.waitForURL(/\/entries\//)
    await second.close()
    await page.locator('#field-patents').fill('发明专利 3 件')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('别人刚刚改过这里').waitFor()
    equal(await page.locator('#field-patents').inputValue(), '发明专利 3 件', 'text')
    await page.reload()
    await settled(page)
    equal(await page.locator('#field-patents').inputValue(), '发明专利 3 件', 'text after reloading')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.waitForURL(/\/entries\//)
    nothingWrong(who)
  })
  await check('history names what was changed', async () => {
    await page.locator('summary', { hasText: '修改记录' }).click()
    await page.getByText(/改动：.*知识产权/).first().waitFor()
    nothingWrong(who)
  })
  await check('my supplies list it with its state', async () => {
    await page.goto('/work/supplies?register=achievements')
    await page.locator('td.main a', { hasText: stamp }).first().waitFor()
    nothingWrong(who)
  })
  await check('it is withdrawn with a reason', async () => {
    await page.goto(world.entryPath)
    await page.getByRole('button', { name: '撤回' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('#withdraw-reason').fill('指标要重新测')
    await dialog.getByRole('button', { name: '撤回' }).click()
    await page.locator('.page-head .tag', { hasText: '已撤回' }).waitFor()
    nothingWrong(who)
  })
  await check('a session that ended leads to sign-in and back to the page', async () => {
    who.expected.push(401)
    await who.context.clearCookies()
    await page.getByRole('button', { name: /的菜单$/ }).click()
    await page.getByRole('banner').getByRole('link', { name: '待办' }).click()
    await page.waitForURL(/\/signin\?next=/)
    await page.getByText('登录已过期').waitFor()
    await page.locator('#login').fill(world.logins.provider)
    await page.locator('#password').fill(password)
    await page.locator('main').getByRole('button', { name: '登录' }).click()
    await page.waitForURL(/\/inbox$/)
    nothingWrong(who)
  })
  await check('an API token is shown once and revoked', async () => {
    await page.goto('/account')
    await settled(page)
    await page.locator('#token-name').fill('仪器平台同步')
    await page.getByRole('button', { name: '生成令牌' }).click()
    const made = page.getByRole('dialog', { name: '令牌已生成' })
    await made.getByText(/^jwt_/).waitFor()
    await made.getByRole('button', { name: '关闭' }).first().click()
    await page.getByRole('button', { name: '停用' }).click()
    await page.getByRole('dialog', { name: '停用' }).getByRole('button', { name: '停用' }).click()
    await page.getByText('还没有令牌').waitFor()
    nothingWrong(who)
  })
}
