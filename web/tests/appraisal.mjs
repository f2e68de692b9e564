// 分类评价 by the administrator: the table of a class, one platform explained, other years; from a platform's entry; both languages, both
// widths, axe.
import { audit, equal, fits, holds, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

const year = 2025 // of the demo region's figures

export async function walkAppraisal(world) {
  const { browser, base, check, must } = world
  console.log('appraisal')
  const admin = world.admin.page
  await must('the table of a class says that it is a trial, what is missing, and exports', async () => {
    await admin.goto('/inbox')
    await admin.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: '分类评价' }).click()
    await settled(admin)
    await admin.getByLabel('年度').selectOption(String(year))
    await settled(admin)
    const text = await admin.locator('main').innerText()
    holds(text.includes('试算，不是评价结论') && text.includes('深化科创平台分类评价'), 'the notice of a trial with the words of the document')
    holds(text.includes('缺数'), 'figures that are missing')
    holds((await admin.getByRole('row').count()) > 20, 'platforms of the demo region')
    for (const [name, ending] of [['下载 CSV', 'csv'], ['XLSX', 'xlsx']]) {
      const [download] = await Promise.all([admin.waitForEvent('download'), admin.getByRole('button', { name }).click()])
      holds(download.suggestedFilename().endsWith(`${year}.${ending}`), download.suggestedFilename())
    }
    nothingWrong(world.admin)
  })
  await check('the result of a year that is over is confirmed as it is seen, with a statement; the running year cannot be', async () => {
    const box = admin.getByRole('region', { name: '结果确认' })
    await box.getByText(`${year} 年的结果还没有人确认`).waitFor()
    await box.getByRole('button', { name: '确认结果' }).click()
    const dialog = admin.getByRole('dialog')
    holds(/个平台，其中 \d+ 个有缺数/.test(await dialog.innerText()) && (await dialog.innerText()).includes('确认的也只是试算结果'), 'what is about to be confirmed')
    await audit(admin, 'appraisal-confirm')
    await shot(admin, 'appraisal-confirm')
    await dialog.getByRole('button', { name: '确认结果' }).click()
    await dialog.waitFor({ state: 'detached' })
    await box.getByText('与现在算出的结果一致').waitFor()
    await box.getByRole('link', { name: '评价结果确认' }).waitFor()
    equal(await box.getByRole('button').count(), 0, 'there is nothing to correct')
    await admin.getByRole('columnheader', { name: '确认的结果' }).waitFor()
    const running = new Date().getFullYear()
    await admin.getByLabel('年度').selectOption(String(running))
    await settled(admin)
    await box.getByText(`${running} 年的结果还没有人确认`).waitFor()
    equal(await box.getByRole('button').count(), 0, 'a year that runs is not confirmed')
    await admin.getByLabel('年度').selectOption(String(year))
    await settled(admin)
    nothingWrong(world.admin)
  })
  await check('later figures show beside what was confirmed; a correction asks for its reason', async () => {
    const changed = await admin.evaluate(async (year) => {
      const headers = { 'X-Jingwei-Request': '1', 'Content-Type': 'application/json' }
      const table = await (await fetch(`/api/v1/appraisals/science_platforms/years/${year}`)).json()
      const known = table.result.classes.find((one) => one.class_id === 'service').rows.flatMap((row) => row.criteria).find((one) => one.criterion === 'hours' && one.entry_id)
      const entry = await (await fetch(`/api/v1/registers/platform-years/entries/${known.entry_id}`)).json()
      const fields = { ...entry.fields, service_hours: entry.fields.service_hours + 4000 }
      const answer = await fetch(`/api/v1/registers/platform-years/entries/${entry.id}`, { method: 'PUT', headers: { ...headers, 'If-Match': `"${entry.version}"` }, body: JSON.stringify({ fields }) })
      return answer.ok ? fields.service_hours : answer.status
    }, year)
    holds(changed > 4000, `the figure was not changed: ${changed}`)
    const box = admin.getByRole('region', { name: '结果确认' })
    for (let tries = 0; tries < 40 && !(await box.innerText()).includes('个平台不同'); tries += 1) {
      await admin.waitForTimeout(250)
      await admin.reload()
      await settled(admin)
    }
    await box.locator('summary', { hasText: '看哪里不同' }).click()
    await box.getByRole('cell', { name: new RegExp(`→ ${changed}`) }).first().waitFor()
    await audit(admin, 'appraisal-differences')
    await shot(admin, 'appraisal-differences')
    await box.getByRole('button', { name: '更正已确认的结果' }).click()
    const dialog = admin.getByRole('dialog')
    await dialog.getByRole('button', { name: '更正已确认的结果' }).click()
    holds(await dialog.getByLabel('更正原因').evaluate((field) => !field.validity.valid), 'a correction without a reason was taken')
    await dialog.getByLabel('更正原因').fill('平台补报了年度数据')
    await dialog.getByRole('button', { name: '更正已确认的结果' }).click()
    await dialog.waitFor({ state: 'detached' })
    await box.getByText(/更正原因：平台补报了年度数据/).first().waitFor()
    await box.locator('summary', { hasText: '历次确认' }).click()
    await box.getByText(/第 1 版/).waitFor()
    nothingWrong(world.admin)
  })
  await check('class and year are in the address and stay', async () => {
    await admin.getByRole('navigation', { name: '类别' }).getByRole('link', { name: /服务类/ }).click()
    await admin.waitForURL(/class=service/)
    await admin.reload()
    await settled(admin)
    equal(await admin.getByLabel('年度').inputValue(), String(year), 'the year')
    await admin.getByRole('columnheader', { name: /开放共享/ }).waitFor()
    nothingWrong(world.admin)
  })
  let platform
  await check('one platform is explained: figure, source, next step, other years, the entry', async () => {
    await admin.locator('tbody').getByRole('link').first().click()
    await admin.waitForURL(/appraisal\/platforms\/plt_/)
    await settled(admin)
    platform = new URL(admin.url()).pathname
    const text = await admin.locator('main').innerText()
    holds(/多得 [\d.]+ 分/.test(text), 'what one step more brings')
    holds(text.includes('平台年度数据清单'), 'where figures come from')
    await admin.getByRole('link', { name: '2024', exact: true }).click()
    await admin.waitForURL(/year=2024/)
    await settled(admin)
    await admin.getByRole('link', { name: '看平台条目' }).click()
    await settled(admin)
    await admin.getByRole('link', { name: '分类评价', exact: true }).last().click()
    await admin.waitForURL(/appraisal\/platforms\/plt_/)
    nothingWrong(world.admin)
  })
  for (const [id, viewport, language] of [['zh-1366', wide, 'zh-CN'], ['zh-390', narrow, 'zh-CN'], ['en-1366', wide, 'en'], ['en-390', narrow, 'en']])
    await check(`appraisal (${id})`, async () => {
      const reader = await person(browser, base, { viewport, language })
      await reader.context.addCookies(await world.admin.context.cookies())
      await reader.context.addInitScript(() => localStorage.setItem('jingwei.signed-in', '1'))
      for (const [name, path] of [['table', `/work/appraisal?class=service&year=${year}`], ['platform', `${platform}?year=${year}`]]) {
        await reader.page.goto(path)
        await settled(reader.page)
        await reader.page.locator('details.card > summary').click()
        await shot(reader.page, `appraisal-${name}-${id}`)
        await fits(reader.page, name)
        await audit(reader.page, name)
        nothingWrong(reader)
      }
      await reader.context.close()
    })
}
