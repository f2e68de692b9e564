// The fusion index by a visitor: pictures, table, a county in detail, another method; both languages, both widths, axe.
import { readFile } from 'node:fs/promises'
import { audit, equal, fits, holds, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

/** What a button saves: its name and its bytes. */
export async function fileOf(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

export async function walkFusion(world) {
  const { browser, base, check, must } = world
  console.log('fusion')
  const visitor = await person(browser, base)
  const { page } = visitor
  await must('a visitor opens the index from the menu and sees pictures and ranks', async () => {
    await page.goto('/')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '四链融合度' }).click()
    await page.waitForURL(/\/fusion$/)
    await settled(page)
    await page.locator('canvas').nth(1).waitFor()
    await equal(() => page.getByRole('table').first().getByRole('row').count(), 8, 'seven counties and the head')
    await holds(async () => (await page.getByRole('figure', { name: /^四链水平/ }).innerText()).includes('数是相对的'), 'the sentence under the radar')
    nothingWrong(visitor)
  })
  await check('a county in detail says what to raise first, and that demo figures are fictional', async () => {
    await page.getByRole('link', { name: /海盐县/ }).click()
    await page.waitForURL(/county=330424/)
    await page.getByRole('heading', { name: /海盐县 2024 年/ }).waitFor()
    await holds(async () => (await page.locator('main').innerText()).includes('先补这几项'), 'what to raise first')
    await holds(async () => (await page.locator('main').innerText()).includes('虚构示例'), 'the mark of demo figures')
    await holds(async () => (await page.locator('main').innerText()).includes('这是相对的'), 'what it does not show')
  })
  await check('another method is in the address and stays after a reload', async () => {
    await page.getByLabel('归一方法').selectOption('reference')
    await page.waitForURL(/normalisation=reference/)
    await page.reload()
    await settled(page)
    await equal(() => page.getByLabel('归一方法').inputValue(), 'reference', 'the method')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '导出全表（可复算）' }).click()])
    equal(download.suggestedFilename(), 'fusion.csv', 'the file')
    nothingWrong(visitor)
  })
  await check('each picture has a table and is saved as PNG, SVG, CSV and XLSX', async () => {
    await page.goto('/fusion?county=330424')
    await settled(page)
    const radar = page.getByRole('figure', { name: /^四链水平 2024/ })
    await radar.locator('canvas').waitFor()
    equal((await fileOf(page, radar.getByRole('button', { name: '下载 PNG' }))).bytes.subarray(1, 4).toString('latin1'), 'PNG', 'signature')
    const svg = (await fileOf(page, radar.getByRole('button', { name: '下载 SVG' }))).bytes.toString('utf8')
    holds(svg.startsWith('<svg') && svg.includes('海盐县') && svg.includes('资金链'), 'the radar as SVG names county and chain')
    const csv = await fileOf(page, radar.getByRole('button', { name: '下载 CSV' }))
    equal(csv.name, '四链水平 2024.csv', 'the name of the CSV')
    const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n')
    holds(lines.length === 5 && lines[0].startsWith('\ufeff链,海盐县,'), lines[0])
    const xlsx = await fileOf(page, radar.getByRole('button', { name: 'XLSX' }))
    holds(xlsx.name === '四链水平 2024.xlsx' && xlsx.bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04')), xlsx.name)
    const byCounty = page.getByRole('figure', { name: /^各县融合度 2024/ })
    await byCounty.getByRole('link', { name: '看表' }).click()
    await page.waitForURL(/tables=degrees/)
    await equal(() => byCounty.getByRole('row').count(), 8, 'seven counties and the head')
    await byCounty.getByRole('link', { name: /南湖区/ }).click()
    await page.waitForURL(/county=330402/)
    await page.getByRole('heading', { name: /南湖区 2024 年/ }).waitFor()
    nothingWrong(visitor)
  })
  await visitor.context.close()
  for (const [id, viewport, language] of [['zh-1366', wide, 'zh-CN'], ['zh-390', narrow, 'zh-CN'], ['en-1366', wide, 'en'], ['en-390', narrow, 'en']])
    await check(`fusion (${id})`, async () => {
      const reader = await person(browser, base, { viewport, language })
      await reader.page.goto('/fusion')
      await settled(reader.page)
      await reader.page.locator('canvas').nth(1).waitFor()
      await shot(reader.page, `fusion-${id}`)
      await fits(reader.page, 'fusion')
      await audit(reader.page, 'fusion')
      nothingWrong(reader)
      await reader.context.close()
    })
}
