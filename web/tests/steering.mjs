// Steering: the steering office uploads a plan and confirms what was read, its measures become tasks; an indicator is reported by one,
// approved by another, goes off track, is seen in the cockpit and in a review. Pages in both languages and widths, with axe.
import { enter } from './accounts.mjs'
import { audit, equal, fileOf, fits, holds, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

const screen = { width: 1440, height: 900 }

/** One request of the signed-in person, as the app sends it. */
const send = (page, method, path, body, version) =>
  page.evaluate(async ([method, path, body, version]) => {
    const headers = { 'X-Jingwei-Request': '1', ...(body ? { 'Content-Type': 'application/json' } : {}), ...(version ? { 'If-Match': `"${version}"` } : {}) }
    const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) })
    const json = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`)
    return json
  }, [method, path, body, version])

/** The name of what a button saves, once its bytes are an office file (a ZIP archive) and not an error page. */
async function officeFile(page, button) {
  const { name, bytes } = await fileOf(page, button)
  holds(bytes.length > 4_000 && bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04')), `${name} is no office file`)
  return name
}

/** A made-up text, laid out as published plans are. */
const planText = [
  '# 关于加快浏览器示例建设的若干举措', '为加快浏览器示例建设，制定如下举措。', '## 一、办好示例活动',
  '（一）办好路演活动。每年举办路演活动20场以上，吸引各方参加。（责任单位：市科技局、市经信局。列第一位的为牵头单位，下同）',
  '（二）做强示例平台。建设一批示例平台，完善服务机制。（责任单位：市经信局）', '## 二、附则', '本举措自印发之日起施行。',
].join('\n\n')

/** An indicator of last year that is overdue now; its path asks for more than will be reported. */
async function defineIndicator(admin, stamp) {
  const { today } = await send(admin, 'GET', '/reports/due')
  const year = Number(today.slice(0, 4)) - 1
  const course = {
    direction: 'up', aggregation: 'last', baseline: { year: year - 1, value: 20, text: '20' },
    targets: [{ year, kind: 'equal', value: 40, text: '40' }], path: 'linear', tolerance_percent: 10, band_percent: 2,
  }
  const indicator = await send(admin, 'POST', '/indicators', {
    code: `W${stamp}`, name: '浏览器示例孵化器', unit: '家', own: false, is_public: true, promise: false, fictional: true, frequency: 'year', source: 'reported', course,
    rules: {}, due_days: 20, duties: [{ unit: '市科技局', role: 'lead', from: `${year}-01-01` }], reports_from: String(year),
  })
  return { indicator, year }
}

export async function walkSteering(world) {
  const { browser, base, check, must, stamp } = world
  console.log('steering')
  const admin = world.admin.page
  const code = `R${stamp.toUpperCase().slice(-7)}`
  let made
  const office = await person(browser, base)
  await must('the steering office has an account, an indicator is defined', async () => {
    await admin.goto('/inbox')
    const { link } = await send(admin, 'POST', '/accounts', { login: `office-${stamp}`, name: '统筹办', roles: ['department'] })
    await enter(office, base + link)
    made = await defineIndicator(admin, stamp)
  })
  await must('a file is read, corrected beside its text and confirmed', async () => {
    const { page } = office
    await page.getByRole('link', { name: '政策文件' }).click()
    await settled(page)
    await page.getByRole('link', { name: '读一份文件' }).click()
    await page.locator('#plan-file').setInputFiles({ name: '示例举措.txt', mimeType: 'text/plain', buffer: Buffer.from(planText) })
    await page.getByRole('button', { name: /办好路演活动/ }).click()
    holds((await page.locator('mark').innerText()).includes('办好路演活动'), 'the measure is not marked')
    await page.getByLabel('事项').fill('办好示例路演活动')
    await page.getByRole('button', { name: /^承诺/ }).click()
    await page.getByRole('button', { name: /路演活动.*20/ }).click()
    await page.getByLabel('目标', { exact: true }).fill('24')
    await fits(page, 'plan-read')
    await audit(page, 'plan-read')
    await shot(page, 'steering-plan-read')
    await page.getByText('草稿已存在节点上').waitFor()
    await page.getByLabel('简称').fill(code)
    await page.getByRole('button', { name: '确认并生成' }).click()
    await page.getByRole('dialog').getByText('将生成 2 项任务、1 项承诺').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '确认并生成' }).click()
    await page.waitForURL(/plans\/plan_/)
    made.plan = { id: new URL(page.url()).pathname.split('/').at(-1) }
    const { items } = await send(admin, 'GET', '/indicators')
    const promise = items.find((one) => one.code === `${code}-P01`)
    equal(promise.course.targets[0].value, 24, 'the corrected promise')
    nothingWrong(office)
  })
  await check('a draft is found again in another window, and is thrown away only when asked', async () => {
    const { page } = office
    await page.goto('/steering/plans/read')
    await page.getByLabel('或者粘贴正文').fill(planText)
    await page.getByRole('button', { name: '读出' }).click()
    await page.waitForURL(/draft=plan_draft_/)
    await page.getByRole('button', { name: /做强示例平台/ }).click()
    await page.getByLabel('事项').fill('改到一半')
    await page.getByLabel('简称').fill('HALF')
    await page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().includes('/plans/drafts/'))
    await page.goto('/steering/plans')
    // The confirmed plan of the same title is listed too, sometimes before the draft.
    await page.getByRole('region', { name: '还没有确认完的文件' }).getByRole('link', { name: /关于加快浏览器示例建设的若干举措/ }).click()
    await page.getByRole('button', { name: /改到一半/ }).waitFor()
    equal(await page.getByLabel('简称').inputValue(), 'HALF', 'the code so far')
    await page.goto('/steering/plans')
    await page.getByRole('button', { name: '删掉草稿' }).first().click()
    await shot(page, 'steering-draft-list')
    await page.getByRole('dialog').getByRole('button', { name: '删掉草稿' }).click()
    await page.getByRole('heading', { name: '还没有确认完的文件' }).waitFor({ state: 'detached' })
    nothingWrong(office)
  })
  await check("a measure shows its place in the plan's text", async () => {
    await office.page.goto(`/steering/plans/${made.plan.id}`)
    await settled(office.page)
    await office.page.getByRole('button', { name: /做强示例平台/ }).click()
    holds((await office.page.locator('mark').innerText()).startsWith('（二）做强示例平台'), 'another place is marked')
    nothingWrong(office)
  })
  await check('a pasted text is read too, and can be put aside', async () => {
    const { page } = office
    await page.goto('/steering/plans/read')
    await page.getByLabel('或者粘贴正文').fill(planText)
    await page.getByRole('button', { name: '读出' }).click()
    await page.getByRole('button', { name: /做强示例平台/ }).waitFor()
    await page.getByRole('button', { name: '换一份' }).click()
    equal(await page.getByLabel('或者粘贴正文').inputValue(), planText, 'the pasted text')
    nothingWrong(office)
  })
  const visitor = await person(browser, base)
  await check('a visitor finds public indicators and opens one', async () => {
    await visitor.page.goto('/')
    await visitor.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '公开指标' }).click()
    await settled(visitor.page)
    await visitor.page.getByRole('link', { name: '浏览器示例孵化器' }).click()
    await visitor.page.getByRole('heading', { level: 1, name: '浏览器示例孵化器' }).waitFor()
    holds((await visitor.page.locator('main').innerText()).includes('缺数'), 'a missing value is not told')
    nothingWrong(visitor)
  })
  await check('the overdue report is asked for, reported by one and approved by another', async () => {
    await admin.goto('/steering/reports?whose=all')
    await settled(admin)
    await admin.getByRole('link', { name: '浏览器示例孵化器' }).first().click()
    await admin.getByRole('dialog').getByLabel('本期值').fill('22')
    await admin.getByRole('dialog').getByRole('button', { name: '填报' }).click()
    await admin.getByRole('dialog').waitFor({ state: 'detached' })
    await admin.locator('tbody').getByText('待审定').waitFor()
    await office.page.goto('/steering/reports?whose=waiting')
    await office.page.getByRole('link', { name: '浏览器示例孵化器' }).click()
    await office.page.getByRole('button', { name: '审定' }).click()
    await office.page.getByRole('dialog').getByRole('button', { name: '审定' }).click()
    await office.page.locator('.page-head').getByText('偏离').waitFor()
    holds((await office.page.locator('.why').innerText()).includes('超出容差'), 'no reason')
    nothingWrong(office)
  })
  await check('the confirmed measures are tasks; one changes its state with a reason only', async () => {
    await office.page.goto('/inbox')
    await office.page.getByRole('link', { name: '任务', exact: true }).click()
    await settled(office.page)
    await office.page.getByRole('link', { name: /做强示例平台/ }).waitFor()
    await office.page.getByRole('link', { name: /办好示例路演活动/ }).click()
    // The list that is left has a field of the same name.
    await office.page.getByRole('heading', { level: 1, name: /办好示例路演活动/ }).waitFor()
    await office.page.getByLabel('状态').selectOption('slipped')
    await office.page.getByRole('button', { name: '保存' }).click()
    holds(await office.page.getByLabel('原因').evaluate((field) => !field.validity.valid), 'a state without a reason was taken')
    await office.page.getByLabel('原因').fill('场地未落实')
    await office.page.getByRole('button', { name: '保存' }).click()
    await office.page.locator('.notice').getByText('场地未落实').waitFor()
    await office.page.goto('/steering/tasks?kind=measure')
    await settled(office.page)
    const name = await officeFile(office.page, office.page.getByRole('button', { name: 'XLSX' }))
    holds(/^任务-\d{4}-\d\d-\d\d\.xlsx$/.test(name), `the tasks were saved as ${name}`)
    const csv = await fileOf(office.page, office.page.getByRole('button', { name: '下载 CSV' }))
    holds(/^任务-\d{4}-\d\d-\d\d\.csv$/.test(csv.name) && csv.bytes.toString('utf8').includes('年度任务') && !csv.bytes.toString('utf8').includes('重大项目'), `the tasks of one kind were saved as ${csv.name}`)
    nothingWrong(office)
  })
  await check('a file is handed in as proof of a task and downloaded; what is no document is refused', async () => {
    const { page } = office
    await page.goto('/steering/tasks')
    await settled(page)
    await page.getByRole('link', { name: /办好示例路演活动/ }).click()
    await page.locator('#task-proof').setInputFiles({ name: '照片.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ executable') })
    await page.getByText('内容不是 PDF').first().waitFor()
    office.faults.splice(0) // the browser tells of the refusal too
    await page.locator('#task-proof').setInputFiles({ name: '签到表.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') })
    await page.getByLabel('佐证名称').last().waitFor()
    await equal(() => page.getByLabel('佐证名称').last().inputValue(), '签到表.pdf', 'the name of the file')
    await page.getByRole('button', { name: '保存' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '签到表.pdf' }).click()])
    equal(download.suggestedFilename(), '签到表.pdf', 'the file')
  })
  await check("a unit's page has its indicators, tasks and reports, and is reached from the cockpit and from tasks", async () => {
    const { page } = office
    await page.goto('/steering/tasks')
    await settled(page)
    await page.getByRole('link', { name: '市科技局', exact: true }).first().click()
    await page.waitForURL(/steering\/units\//)
    await settled(page)
    const text = await page.locator('main').innerText()
    holds(text.includes('浏览器示例孵化器') && text.includes('办好示例路演活动') && text.includes('经办人员'), 'what the unit has')
    await page.goto('/cockpit?unit=市科技局')
    await page.getByRole('link', { name: '打开单位页' }).click()
    await page.waitForURL(/steering\/units\//)
    nothingWrong(office)
  })
  await check('the cockpit fits one screen, drills to rows, and has a table for each picture', async () => {
    await office.page.setViewportSize(screen)
    await office.page.goto('/cockpit')
    await settled(office.page)
    await office.page.locator('.place canvas').nth(4).waitFor()
    await shot(office.page, 'steering-cockpit-1440')
    const overflow = await office.page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
    holds(overflow <= 0, `the cockpit is ${overflow} px taller than the screen`)
    await office.page.goto(`/cockpit?unit=${encodeURIComponent('市科技局')}`)
    await settled(office.page)
    const bars = await office.page.locator('.place canvas').first().boundingBox()
    for (let y = 30; y < bars.height && new URL(office.page.url()).pathname === '/cockpit'; y += 12) await office.page.mouse.click(bars.x + 90, bars.y + y)
    await office.page.waitForURL((url) => url.pathname === '/steering/indicators' && url.searchParams.get('unit') === '市科技局' && url.searchParams.has('state') && url.searchParams.has('chain'))
    await office.page.goto('/cockpit')
    await settled(office.page)
    const promises = office.page.getByRole('figure', { name: '承诺进度' })
    await promises.getByRole('link', { name: '看表' }).click()
    await office.page.waitForURL(/tables=promises/)
    await promises.getByRole('cell', { name: '路演活动', exact: true }).first().waitFor()
    await office.page.getByRole('navigation', { name: '按状态' }).getByRole('link', { name: /偏离/ }).click()
    await office.page.waitForURL(/state=off_track/)
    await office.page.getByRole('link', { name: '浏览器示例孵化器' }).waitFor()
    await office.page.setViewportSize(wide)
    nothingWrong(office)
  })
  await check('the cockpit has the fusion index as radar and by county; both open the county, the county compared is in the address', async () => {
    const { page } = office
    await page.setViewportSize(screen)
    await page.goto('/cockpit')
    await settled(page)
    const radar = page.getByRole('figure', { name: '四链水平 2024' })
    const byCounty = page.getByRole('figure', { name: '各县融合度 2024' })
    await radar.locator('canvas').waitFor()
    holds(/^数是相对的/.test(await radar.locator('figcaption').innerText()), 'the figures are said to be relative')
    const highestAndLowest = await radar.getByRole('img').getAttribute('aria-label')
    await page.getByLabel('融合度比较哪个县').selectOption({ label: '融合度：海宁市' })
    await page.waitForURL(/cockpit\?county=330481/)
    await holds(async () => (await radar.getByRole('img').getAttribute('aria-label')).includes('海宁市'), 'the county that is compared')
    holds(!highestAndLowest.includes('海宁市'), 'it was not compared before')
    await page.reload()
    await settled(page)
    equal(await page.getByLabel('融合度比较哪个县').inputValue(), '330481', 'the county after a reload')
    await radar.getByRole('link', { name: '看表' }).click()
    await page.waitForURL(/tables=levels/)
    equal(await radar.getByRole('row').count(), 5, 'four chains and the head')
    const csv = await fileOf(page, radar.getByRole('button', { name: '下载 CSV' }))
    holds(csv.name === '四链水平 2024.csv' && csv.bytes.toString('utf8').startsWith('\ufeff链,海宁市,'), csv.name)
    equal(await officeFile(page, byCounty.getByRole('button', { name: 'XLSX' })), '各县融合度 2024.xlsx', 'the name of the workbook')
    await radar.getByRole('link', { name: '看图' }).click()
    holds(/^驾驶舱-.*\.xlsx$/.test(await officeFile(page, page.getByRole('button', { name: '整屏 XLSX' }))), 'the whole cockpit')
    const byChain = await fileOf(page, page.getByRole('figure', { name: '按链' }).getByRole('button', { name: '下载 CSV' }))
    holds(/^按链-.*\.csv$/.test(byChain.name) && byChain.bytes.toString('utf8').startsWith('\ufeff链,偏离,'), byChain.name)
    for (const [figure, x, from] of [[byCounty, 0.3, 0.2], [radar, 0.5, 0.56]]) {
      await page.goto('/cockpit?county=330481')
      await settled(page)
      await figure.locator('canvas').waitFor()
      const box = await figure.locator('canvas').boundingBox()
      for (let y = from; y < 0.8 && new URL(page.url()).pathname === '/cockpit'; y += 0.08) await page.mouse.click(box.x + box.width * x, box.y + box.height * y)
      await page.waitForURL((url) => url.pathname === '/fusion' && url.searchParams.get('year') === '2024' && /^3304/.test(url.searchParams.get('county')))
    }
    equal(new URL(page.url()).searchParams.get('county'), '330481', 'the radar opens the county that it shows')
    await page.getByRole('heading', { name: /海宁市 2024 年/ }).waitFor()
    await page.setViewportSize(wide)
    nothingWrong(office)
  })
  await check('without county figures the cockpit says so, and shows no zero', async () => {
    const { page } = office
    await page.route('**/api/v1/fusion', async (route) => {
      const answer = await route.fetch()
      const { latest_year, ...view } = await answer.json()
      await route.fulfill({ response: answer, json: { ...view, places: [], counties: [], steadiness: [] } })
    })
    await page.goto('/cockpit')
    await settled(page)
    await page.getByRole('region', { name: '四链融合度' }).getByText('还没有县域四链数据').waitFor()
    equal(await page.locator('.place canvas').count(), 3, 'the other pictures')
    equal(await page.getByLabel('融合度比较哪个县').count(), 0, 'a choice of counties')
    await page.unroute('**/api/v1/fusion')
    nothingWrong(office)
  })
  await check('a review is held, its decision becomes a task, a note opens the indicator as of that day', async () => {
    await office.page.goto('/steering/reviews')
    await settled(office.page)
    await office.page.getByLabel('期间').fill(`${made.year}-Q4`)
    await office.page.getByRole('button', { name: '召集调度' }).click()
    await office.page.getByRole('heading', { level: 1, name: `${made.year}-Q4 调度` }).waitFor()
    await office.page.getByRole('button', { name: '加一条记录' }).click()
    await office.page.getByLabel('记录', { exact: true }).fill('孵化器未达路径')
    await office.page.getByLabel('关于').selectOption({ label: '浏览器示例孵化器' })
    await office.page.getByRole('button', { name: '加一项决定' }).click()
    await office.page.getByLabel('决定事项').fill('一周内报补救办法')
    await office.page.getByLabel('责任单位', { exact: true }).fill('市科技局')
    await office.page.getByLabel('期限').fill(`${made.year + 2}-01-31`)
    await office.page.getByRole('button', { name: '保存' }).click()
    await office.page.getByRole('link', { name: '已成为任务' }).waitFor()
    equal(await officeFile(office.page, office.page.getByRole('button', { name: '下载报告（DOCX）' })), `${made.year}-Q4-季度调度报告.docx`, 'the name of the report')
    equal(await officeFile(office.page, office.page.getByRole('button', { name: '下载报告（XLSX）' })), `${made.year}-Q4-季度调度报告.xlsx`, 'the name of the workbook')
    await office.page.getByRole('link', { name: /^浏览器示例孵化器 / }).click()
    await office.page.waitForURL(/as_of=/)
    nothingWrong(office)
  })
  const reviews = await send(admin, 'GET', '/reviews')
  const tasks = await send(admin, 'GET', '/tasks')
  const pages = [
    ['cockpit', '/cockpit'], ['indicators', '/steering/indicators'], ['indicator', `/indicators/${made.indicator.id}`], ['reports', '/steering/reports?whose=all'], ['tasks', '/steering/tasks'],
    ['task-board', '/steering/tasks?view=board'], ['task-changes', '/steering/tasks?view=changes'], ['task', `/steering/tasks/${tasks.items[0].id}`], ['unit', `/steering/units/${encodeURIComponent('市科技局')}`], ['reviews', '/steering/reviews'],
    ['review', `/steering/reviews/${reviews.items[0].id}`], ['plans', '/steering/plans'], ['plan-read-start', '/steering/plans/read'], ['plan-text', `/steering/plans/${made.plan.id}`],
  ]
  for (const [id, viewport, language] of [['zh-1366', wide, 'zh-CN'], ['zh-390', narrow, 'zh-CN'], ['en-1366', wide, 'en'], ['en-390', narrow, 'en']])
    await check(`pages of steering (${id})`, async () => {
      await office.page.evaluate((value) => localStorage.setItem('jingwei.language', value), language)
      await office.page.setViewportSize(viewport)
      for (const [name, path] of pages) {
        await office.page.goto(path)
        await settled(office.page)
        await shot(office.page, `steering-${name}-${id}`)
        await fits(office.page, name)
        await audit(office.page, name)
        nothingWrong(office)
      }
    })
  await visitor.context.close()
  await office.context.close()
}
