// The administrator comes by the one-time link and lets an enterprise and a provider in.
import { equal, holds, nothingWrong, person, settled } from './browser.mjs'

export const password = 'seven quiet looms at dawn'

/** Enters by a one-time link and sets the password. */
export async function enter(who, link) {
  const { page } = who
  await page.goto(new URL(link).pathname + new URL(link).hash)
  await page.getByRole('button', { name: '进入' }).click()
  await page.waitForURL(/\/password/)
  await page.locator('#new-password').fill(password)
  await page.locator('#again-password').fill(password)
  await page.getByRole('button', { name: '保存密码' }).click()
  await page.getByRole('heading', { level: 1, name: '待办' }).waitFor()
}

async function createAccount(page, { login, name, role, organization }) {
  await page.getByRole('button', { name: '新建账号' }).click()
  const dialog = page.getByRole('dialog', { name: '新建账号' })
  await dialog.locator('#account-login').fill(login)
  await dialog.locator('#account-name').fill(name)
  await dialog.getByRole('checkbox', { name: role, exact: true }).check()
  await dialog.getByRole('searchbox', { name: '输入名称查找' }).fill(organization)
  await dialog.locator('#account-organization option', { hasText: organization }).first().waitFor({ state: 'attached' })
  await dialog.locator('#account-organization').selectOption({ label: organization })
  await dialog.getByRole('button', { name: '创建并生成链接' }).click()
  const shown = page.getByRole('dialog', { name: '一次性登录链接' })
  const link = await shown.locator('pre').innerText()
  await shown.getByRole('button', { name: '关闭' }).first().click()
  return link
}

export async function walkAccounts(world) {
  const { browser, base, check, must, stamp } = world
  console.log('administrator')
  world.admin = await person(browser, base)
  const { page } = world.admin

  await must('comes by the one-time link and sets a password', async () => {
    await enter(world.admin, world.link)
    nothingWrong(world.admin)
  })
  await check('a used link is refused in words', async () => {
    const other = await person(browser, base)
    other.expected.push(401)
    await other.page.goto(new URL(world.link).pathname + new URL(world.link).hash)
    await other.page.getByRole('button', { name: '进入' }).click()
    await other.page.getByRole('alert').waitFor()
    nothingWrong(other)
    await other.context.close()
  })

  const organizations = await page.evaluate(async () => (await (await fetch('/api/v1/registers/organizations/entries?state=published&limit=200')).json()).items)
  const enterprise = organizations.find((entry) => entry.fields.kind === 'enterprise' && entry.id !== world.supply.owner.id)
  const logins = { enterprise: `ent-${stamp}`, provider: `pro-${stamp}` }

  await must('creates an enterprise account with its organization', async () => {
    await page.goto('/admin/accounts')
    await settled(page)
    world.enterpriseLink = await createAccount(page, { login: logins.enterprise, name: '周敏', role: '企业', organization: enterprise.title })
    holds(/\/signin#link=/.test(world.enterpriseLink), `no link: ${world.enterpriseLink}`)
    nothingWrong(world.admin)
  })
  await must('creates a provider account with the owner of a supply', async () => {
    world.providerLink = await createAccount(page, { login: logins.provider, name: '沈涛', role: '供给方', organization: world.supply.owner.name })
    await page.goto(`/admin/accounts?q=${logins.provider}`)
    await page.getByRole('cell', { name: logins.provider }).waitFor()
    nothingWrong(world.admin)
  })
  await check('a login that is taken is refused beside the field or above the form', async () => {
    world.admin.expected.push(409, 422)
    await page.goto('/admin/accounts?edit=new')
    const dialog = page.getByRole('dialog', { name: '新建账号' })
    await dialog.locator('#account-login').fill(logins.provider)
    await dialog.locator('#account-name').fill('某人')
    await dialog.getByRole('checkbox', { name: '审计员', exact: true }).check()
    await dialog.getByRole('button', { name: '创建并生成链接' }).click()
    await dialog.getByRole('alert').waitFor()
    await equal(() => dialog.locator('#account-name').inputValue(), '某人', 'text kept')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    nothingWrong(world.admin)
  })

  world.enterprise = await person(browser, base)
  world.provider = await person(browser, base)
  world.logins = logins
  await must('the enterprise enters by its link', async () => {
    await enter(world.enterprise, world.enterpriseLink)
    nothingWrong(world.enterprise)
  })
  await must('the provider enters by its link', async () => {
    await enter(world.provider, world.providerLink)
    nothingWrong(world.provider)
  })
  await check('signs out and in again by password, back to where it was', async () => {
    const who = world.provider
    await who.page.getByRole('button', { name: /的菜单$/ }).click()
    await who.page.getByRole('button', { name: '退出登录' }).click()
    await who.page.waitForURL((url) => url.pathname === '/')
    await who.page.goto('/work/deals')
    await who.page.waitForURL(/\/signin/)
    await who.page.locator('#login').fill(logins.provider)
    await who.page.locator('#password').fill(password)
    await who.page.locator('main').getByRole('button', { name: '登录' }).click()
    await who.page.waitForURL(/\/work\/deals$/)
    nothingWrong(who)
  })
}
