// Every page at both widths and in both languages: axe, no sideways scrolling, no errors, a screenshot; some in the dark.
import { audit, fits, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

function pagesOf(world) {
  const supply = `/entries/achievements/${world.supply.id}`
  return [
    ['visitor', [['home', '/'], ['needs', '/needs'], ['supplies', '/supplies'], ['supplies-kind', '/supplies?kind=achievements'], ['search', `/search?q=${encodeURIComponent(world.supply.title)}`],
      ['entry', supply], ['need-public', `/needs/${world.needId}`], ['verify', `/verify?statement=${world.statementId}`], ['verify-empty', '/verify'], ['log', '/evidence/log'], ['signin', '/signin'], ['missing', '/nowhere']]],
    ['enterprise', [['inbox', '/inbox'], ['digests', '/digests'], ['my-needs', '/work/needs'], ['need-write', '/work/needs/new'], ['need', `/needs/${world.needId}`], ['plan', `/work/needs/${world.needId}/plan`], ['deals', '/work/deals'], ['deal', `/deals/${world.dealId}`],
      ['deal-new', `/work/deals/new?need=${world.needId}&supply=${world.supply.id}&register=achievements`], ['organization', '/work/organization'], ['account', '/account'], ['registers', '/work/registers']]],
    ['provider', [['my-supplies', '/work/supplies'], ['feedback', '/feedback'], ['entry-new', '/work/registers/achievements/new'], ['import-start', '/work/registers/achievements/import'], ['import', world.importPath]]],
    ['admin', [['register', '/work/registers/achievements'], ['accounts', '/admin/accounts'], ['account-new', '/admin/accounts?edit=new'], ['node', '/admin/node'], ['rounds', '/admin/rounds'], ['exposure', '/admin/exposure'], ['query-page', '/queries']]],
  ]
}
const settings = [
  { id: 'zh-1366', viewport: wide, language: 'zh-CN' },
  { id: 'zh-390', viewport: narrow, language: 'zh-CN' },
  { id: 'en-1366', viewport: wide, language: 'en' },
  { id: 'en-390', viewport: narrow, language: 'en' },
  { id: 'zh-1366-dark', viewport: wide, language: 'zh-CN', dark: true, only: ['home', 'supplies-kind', 'entry', 'verify', 'need-write', 'need', 'deal', 'account-new'] },
]
const roles = ['enterprise', 'provider', 'admin']

export async function walkPages(world) {
  const { browser, base, check } = world
  // Sessions are taken over from the people who signed in before.
  const cookies = {}
  for (const role of roles) cookies[role] = await world[role].context.cookies()

  for (const setting of settings) {
    console.log(`pages ${setting.id}`)
    for (const [role, pages] of pagesOf(world)) {
      const who = await person(browser, base, setting)
      if (cookies[role]) {
        await who.context.addCookies(cookies[role])
        await who.context.addInitScript(() => localStorage.setItem('jingwei.signed-in', '1'))
      }
      for (const [name, path] of pages.filter(([name]) => setting.only?.includes(name) ?? true))
        await check(`${name} (${setting.id})`, async () => {
          await who.page.goto(path)
          await settled(who.page)
          await shot(who.page, `${name}-${setting.id}`)
          await fits(who.page, name)
          await audit(who.page, name)
          nothingWrong(who)
        })
      await who.context.close()
    }
  }
}
