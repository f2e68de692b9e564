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
    const [download] = await Promise.all([admin.waitForEvent('download'), admin.getByRole('link', { name: '下载 CSV' }).click()])
    equal(download.suggestedFilename(), `science_platforms-${year}.csv`, 'the file')
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
