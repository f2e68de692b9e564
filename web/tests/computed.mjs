// An indicator that is SQL: the steering office writes it in the form, tries it, keeps it; an entry is published and the figure moves; its
// page shows SQL, rows and evidence. A saved query becomes an indicator, a unit gets its organization. Both languages and widths, with axe.
import { enter } from './accounts.mjs'
import { audit, equal, fits, holds, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

const send = (page, method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const headers = { 'X-Jingwei-Request': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) }
    const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
    const json = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`)
    return json
  }, [method, path, body])

/** The page as it is once it shows `text`: the node computes by itself, a moment after a change. */
async function untilShown(page, text) {
  const lines = page.locator('main')
  for (let tries = 0; tries < 40; tries += 1) {
    await page.reload()
    await settled(page)
    if ((await lines.innerText()).includes(text)) return
    await page.waitForTimeout(250)
  }
  throw new Error(`the page never shows ${text}: ${await lines.innerText()}`)
}

export async function walkComputed(world) {
  const { browser, base, check, must, stamp } = world
  console.log('computed indicators')
  const admin = world.admin.page
  const office = await person(browser, base)
  const { page } = office
  const sql = `SELECT count(*)\nFROM events\nWHERE state = 'published' AND held_on BETWEEN $from AND $to AND title LIKE '%${stamp}'`
  const rowsSql = sql.replace('count(*)', 'id, 1')
  let year
  let address
  const publishEvent = (n) => send(admin, 'POST', '/registers/events/entries', { fields: { title: `浏览器示例活动${n} ${stamp}`, kind: 'salon', held_on: `${year}-01-0${n}`, region: '330402' }, publish: true })
  await must('the steering office has an account, an event is published', async () => {
    await admin.goto('/inbox')
    year = (await send(admin, 'GET', '/reports/due')).today.slice(0, 4)
    const { link } = await send(admin, 'POST', '/accounts', { login: `steer-${stamp}`, name: '统筹办二', roles: ['department'] })
    await enter(office, base + link)
    await publishEvent(1)
  })
  await must('the form is reached from the indicators; a wrong query is told beside its field', async () => {
    await page.goto('/steering/indicators')
    await settled(page)
    await page.getByRole('link', { name: '新建指标' }).click()
    await page.getByLabel('指标名称').fill('浏览器示例活动数')
    await page.getByLabel('代码').fill(`Q${stamp}`)
    await page.getByLabel('计量单位').fill('场')
    await page.getByLabel('SQL 查询').check()
    await page.getByLabel('算出数值的查询（SQL）').fill('SELECT count(*), 2\nFROM events')
    office.expected.push(422)
    await page.getByRole('button', { name: '保存' }).click()
    await page.locator('.wrong').getByText('要给出一个数，这里有 2 列').waitFor()
    nothingWrong(office)
    office.expected.length = 0
  })
  await must('a try shows the figure and its rows before anything is kept', async () => {
    await page.getByLabel('算出数值的查询（SQL）').fill(sql)
    await page.getByLabel('列出明细的查询（SQL，可不写）').fill(rowsSql)
    await page.getByRole('button', { name: '试算' }).click()
    const tried = page.getByRole('status', { name: '试算结果' })
    await tried.getByText('1 场').waitFor()
    await tried.getByRole('link', { name: /浏览器示例活动1/ }).waitFor()
    await audit(page, 'indicator-new')
    await fits(page, 'indicator-new')
    await shot(page, 'computed-form')
    nothingWrong(office)
  })
  await must('it is kept, and its figure comes by itself', async () => {
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { level: 1, name: '浏览器示例活动数' }).waitFor()
    address = page.url()
    await untilShown(page, `${year} 为 1 场（`)
    nothingWrong(office)
  })
  await check('an entry is published, the figure moves, the lineage lists it', async () => {
    await publishEvent(2)
    await untilShown(page, `${year} 为 2 场（`)
    const lineage = page.getByRole('region', { name: '数值从哪里来' })
    holds((await lineage.innerText()).includes('BETWEEN $from AND $to'), 'the SQL is not shown')
    await lineage.getByRole('link', { name: '核验' }).first().waitFor()
    await shot(page, 'computed-indicator')
    await lineage.getByRole('link', { name: /浏览器示例活动2/ }).click()
    await page.getByRole('heading', { level: 1, name: /浏览器示例活动2/ }).waitFor()
    nothingWrong(office)
  })
  await check('the rows behind every quarter of a count are a choice away, and the choice is in the address', async () => {
    await page.goto('/steering/indicators')
    const counted = await send(page, 'POST', '/indicators', {
      code: `C${stamp}`, name: '浏览器示例按季计数', unit: '场', own: false, is_public: false, promise: false, fictional: true, frequency: 'quarter', source: 'counted',
      count: { register: 'events', date_field: 'held_on' }, rules: {}, due_days: 20, duties: [], reports_from: `${year - 1}-Q1`,
      course: { direction: 'up', aggregation: 'sum', targets: [{ year: Number(year), kind: 'at_least', value: 12, text: '12' }], path: 'linear', tolerance_percent: 10, band_percent: 2 },
    })
    await page.goto(`/indicators/${counted.id}`)
    await settled(page)
    await page.getByRole('region', { name: '各期数值' }).getByRole('link', { name: `${year}-Q1`, exact: true }).click()
    await page.waitForURL(/lineage=\d{4}-Q1/)
    const lineage = page.getByRole('region', { name: '数值从哪里来' })
    await lineage.getByRole('link', { name: /浏览器示例活动2/ }).waitFor()
    holds((await lineage.innerText()).includes(`（${year}-01-01 至 `), 'the days that are counted')
    await page.reload()
    await settled(page)
    equal(await lineage.getByLabel('期间').inputValue(), `${year}-Q1`, 'the period after a reload')
    await audit(page, 'lineage')
    await fits(page, 'lineage')
    await shot(page, 'lineage-of-a-quarter')
    await lineage.getByLabel('期间').selectOption(`${year - 1}-Q4`)
    await holds(async () => (await lineage.innerText()).includes(`（${year - 1}-10-01 至 ${year - 1}-12-31）`), 'another period has other days')
    await equal(() => lineage.getByRole('link', { name: /浏览器示例活动/ }).count(), 0, 'and other rows')
    nothingWrong(office)
  })
  await check('a change asks for its reason and is in the history', async () => {
    await page.goto(address)
    await page.getByRole('link', { name: '修改指标' }).click()
    await page.getByLabel('公开：任何人都能看到').check()
    await page.getByText('公开的指标只能查询已发布的内容').waitFor()
    await page.getByLabel('修改理由').fill('对外公布')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('修改 · 对外公布').waitFor()
    nothingWrong(office)
  })
  await check('what was written is there after leaving, until it is thrown away', async () => {
    await page.goto('/steering/indicators/new')
    await page.getByLabel('指标名称').fill('没写完的指标')
    await page.goto('/cockpit')
    await page.goto('/steering/indicators/new')
    equal(await page.getByLabel('指标名称').inputValue(), '没写完的指标', 'the draft')
    await page.getByRole('button', { name: '放弃' }).click()
    equal(await page.getByLabel('指标名称').inputValue(), '', 'after it was thrown away')
    nothingWrong(office)
  })
  await check('a saved query becomes an indicator', async () => {
    const query = await send(page, 'POST', '/analytics/saved-queries', { title: `活动总数 ${stamp}`, sql: 'SELECT count(*) FROM events' })
    await page.goto(`/queries?q=${query.id}`)
    await settled(page)
    await page.getByRole('link', { name: '作为指标' }).click()
    equal(await page.getByLabel('指标名称').inputValue(), `活动总数 ${stamp}`, 'the name')
    equal(await page.getByLabel('算出数值的查询（SQL）').inputValue(), 'SELECT count(*) FROM events', 'the SQL')
    await page.getByRole('button', { name: '试算' }).click()
    await page.getByText('它只反映当前').waitFor()
    nothingWrong(office)
  })
  await check('a unit gets its organization', async () => {
    await page.goto('/steering/indicators')
    await page.getByRole('link', { name: '责任单位' }).click()
    await page.getByRole('button', { name: '加一个单位' }).click()
    const form = page.getByRole('form', { name: '加一个单位' })
    await form.getByLabel('文件里的写法').fill(`示例单位 ${stamp}`)
    await form.getByRole('combobox', { name: '代表它的组织' }).press('ArrowDown')
    await page.getByRole('option').first().click()
    await form.getByRole('button', { name: '保存' }).click()
    await form.waitFor({ state: 'detached' })
    const row = page.getByRole('row', { name: new RegExp(`示例单位 ${stamp}`) })
    holds(!(await row.innerText()).includes('–'), 'the organization is not shown')
    nothingWrong(office)
  })
  const pages = [['new', '/steering/indicators/new'], ['indicator', new URL(address).pathname], ['edit', `/steering/indicators/${new URL(address).pathname.split('/').at(-1)}/edit`], ['units', '/steering/units']]
  for (const [id, viewport, language] of [['zh-1366', wide, 'zh-CN'], ['zh-390', narrow, 'zh-CN'], ['en-1366', wide, 'en'], ['en-390', narrow, 'en']])
    await check(`pages of computed indicators (${id})`, async () => {
      await page.evaluate((value) => localStorage.setItem('jingwei.language', value), language)
      await page.setViewportSize(viewport)
      for (const [name, path] of pages) {
        await page.goto(path)
        await settled(page)
        await shot(page, `computed-${name}-${id}`)
        await fits(page, name)
        await audit(page, name)
        nothingWrong(office)
      }
    })
  await office.context.close()
}
