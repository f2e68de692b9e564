// The industry atlas: imported by the administrator, then read by a visitor as picture, table, lists and node pages.
import { readFileSync } from 'node:fs'
import { audit, equal, fits, holds, narrow, nothingWrong, person, settled, shot, wide } from './browser.mjs'

const chain = '浏览器示例链'

/** The ordinary import, by the administrator's session in the browser. */
async function importRows(page, register, lines) {
  const state = await page.evaluate(async ([id, text]) => {
    const headers = { 'X-Jingwei-Request': '1' }
    const checked = await (await fetch(`/api/v1/registers/${id}/imports?publish=true`, { method: 'POST', headers: { ...headers, 'Content-Type': 'text/csv' }, body: text })).json()
    if (checked.wrong !== 0) return JSON.stringify(checked)
    await fetch(`/api/v1/imports/${checked.id}/commit`, { method: 'POST', headers })
    for (;;) {
      const now = await (await fetch(`/api/v1/imports/${checked.id}`)).json()
      if (now.state === 'done' || now.state === 'failed') return now.state
    }
  }, [register, lines.join('\r\n')])
  equal(state, 'done', `import of ${register}`)
}

async function importChain(page, stamp) {
  const organizations = await page.evaluate(async () => (await (await fetch('/api/v1/registers/organizations/entries?state=published&limit=50')).json()).items)
  const local = organizations.filter((one) => one.region.startsWith('3304')).slice(0, 2)
  const far = organizations.find((one) => !one.region.startsWith('3304'))
  holds(local.length === 2 && far, 'too few organizations for the chain')
  const code = (name) => `walk${stamp}.${name}`
  const node = (title, name, place) => `${title},${chain},${code(name)},产品,${place},hydrogen.cell,,,是`
  await importRows(page, 'chain-segments', ['节点名称,所属产业链,节点代码,节点类型,上下游位置,产业链环节,维护单位,出处,虚构示例',
    node('树脂', 'resin', '上游'), node('膜', 'membrane', '上游'), node('电堆', 'stack', '中游'), node('系统', 'system', '中游'), node('重卡', 'truck', '下游')])
  const edge = (from, to, relation = '上游供给') => `${from}到${to},${chain},${code(from)},${code(to)},${relation},,,是`
  await importRows(page, 'chain-edges', ['关系名称,所属产业链,起点代码,终点代码,关系类型,维护单位,出处,虚构示例',
    edge('resin', 'membrane'), edge('membrane', 'stack'), edge('stack', 'system'), edge('system', 'truck'), edge('stack', 'system', '组成部分')])
  const position = (one, name, share = '') => `${name},${one.fields.uscc},${code(name)},${share},${one.region},,示例年报,是`
  await importRows(page, 'chain-positions', ['上链名称,上链单位,节点代码,区域采购占比,所在地,维护单位,出处,虚构示例',
    position(far, 'membrane', 60), position(local[0], 'stack'), position(local[1], 'stack'), position(local[0], 'system')])
  return { far: far.title }
}

export async function walkAtlas(world) {
  const { browser, base, check, must, stamp } = world
  console.log('atlas')
  let made
  await must('the administrator imports a chain', async () => {
    made = await importChain(world.admin.page, stamp)
  })
  const visitor = await person(browser, base)
  const { page } = visitor
  const address = `/atlas/${encodeURIComponent(chain)}`

  await must('a visitor finds the chain from the menu', async () => {
    await page.goto('/')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '产业图谱' }).click()
    await page.waitForURL(/\/atlas$/)
    await settled(page)
    const row = page.getByRole('row', { name: new RegExp(chain) })
    await equal(async () => (await row.locator('td').allInnerTexts()).slice(1).join(' '), '5 3 2 3 2', 'figures of the chain')
    await row.getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: chain }).waitFor()
    await page.locator('.chain-chart canvas').waitFor()
    nothingWrong(visitor)
  })
  await check('the table has every node with state and figures', async () => {
    await page.getByRole('row', { name: /电堆/ }).first().waitFor()
    await equal(() => page.locator('tbody tr').count(), 5, 'nodes')
    const row = await page.locator('tbody tr', { hasText: '电堆' }).filter({ hasText: '供给集中' }).first().innerText()
    holds(row.includes('5,000') && row.includes('占比未知'), `no HHI and what it was made from: ${row}`)
    nothingWrong(visitor)
  })
  await check('the lists give reasons, leads give evidence', async () => {
    const lists = page.getByRole('navigation', { name: '节点和清单' })
    await lists.getByRole('link', { name: /强链/ }).click()
    await page.waitForURL(/tab=strengthen/)
    await page.getByText('供给集中：HHI 5000').waitFor()
    await lists.getByRole('link', { name: /补链/ }).click()
    await page.getByText('本地的 电堆 要用它').waitFor()
    await lists.getByRole('link', { name: /延链/ }).click()
    await page.getByText('本地已有 系统，可以往下游延伸到它').waitFor()
    await lists.getByRole('link', { name: /招引线索/ }).click()
    const lead = page.locator('tbody tr', { hasText: made.far })
    await holds(async () => (await lead.innerText()).includes('示例年报'), 'the lead has no source')
    await lead.getByRole('link', { name: '上链记录' }).waitFor()
    nothingWrong(visitor)
  })
  await check('the picture is reached by keyboard: arrows choose, Enter opens', async () => {
    const picture = page.getByRole('application', { name: new RegExp(`${chain}链图`) })
    await picture.focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('status').filter({ hasText: '树脂：本地缺' }).waitFor()
    await page.keyboard.press('End')
    await page.getByRole('status').filter({ hasText: '重卡：本地缺' }).waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '系统' }).waitFor()
    nothingWrong(visitor)
  })
  await check("a node's page shows who works in it and what it is joined to", async () => {
    await page.getByRole('heading', { level: 2, name: '上链单位' }).waitFor()
    await page.getByText('本地 1 家，全部 1 家').waitFor()
    await holds(async () => (await page.locator('.neighbours').innerText()).includes('重卡'), 'the neighbour is missing')
    nothingWrong(visitor)
  })
  await check('a click on a node opens it', async () => {
    await page.goto(address)
    await settled(page)
    const canvas = page.locator('.chain-chart canvas')
    const heading = page.getByRole('heading', { level: 1, name: '树脂' })
    // The picture takes clicks only once it is laid out, which nothing on the page tells.
    await holds(async () => {
      if ((await heading.count()) > 0) return true
      const box = await canvas.boundingBox()
      if (box) await canvas.click({ position: { x: 84, y: Math.min(32, box.height / 2) } })
      return (await heading.count()) > 0
    }, 'a click on 树脂 does not open it')
    await page.getByRole('heading', { level: 1, name: '树脂' }).waitFor()
  })
  await check('picture and figures are downloaded as PNG, SVG, CSV and XLSX', async () => {
    await page.goto(address)
    await page.locator('.chain-chart canvas').waitFor()
    const fileOf = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
      return readFileSync(await download.path())
    }
    await equal(async () => (await fileOf('下载 PNG')).subarray(1, 4).toString('latin1'), 'PNG', 'signature')
    const svg = (await fileOf('下载 SVG')).toString('utf8')
    holds(svg.startsWith('<svg') && svg.includes('电堆'), 'no SVG of the chain')
    const csv = (await fileOf('下载 CSV')).toString('utf8')
    equal(csv.trim().split('\r\n').length, 6, 'rows of the CSV file')
    holds(csv.startsWith('\ufeff节点,代码') && csv.includes('电堆'), 'no CSV of the chain')
    holds((await fileOf('XLSX')).subarray(0, 4).equals(Buffer.from('PK\x03\x04')), 'no workbook of the chain')
    nothingWrong(visitor)
  })
  await check('seen from another region the gaps are others', async () => {
    await page.goto(`${address}?region=310000`)
    await settled(page)
    await holds(async () => (await page.locator('.page-head .meta').innerText()).includes('上海市'), 'the region is not named')
    nothingWrong(visitor)
  })
  const code = `walk${stamp}.stack`
  for (const [id, options] of [['zh-1366', { viewport: wide }], ['zh-390', { viewport: narrow }], ['en-1366', { viewport: wide, language: 'en' }], ['en-390', { viewport: narrow, language: 'en' }], ['zh-1366-dark', { viewport: wide, dark: true }]])
    await check(`pages of the atlas (${id})`, async () => {
      const who = await person(browser, base, options)
      for (const [name, path] of [['atlas', '/atlas'], ['chain', address], ['chain-leads', `${address}?tab=leads`], ['chain-fill', `${address}?tab=fill`], ['chain-node', `/atlas/nodes/${code}`]]) {
        await who.page.goto(path)
        await settled(who.page)
        if (name.startsWith('chain') && name !== 'chain-node') await who.page.locator('.chain-chart canvas').waitFor()
        await shot(who.page, `${name}-${id}`)
        await fits(who.page, name)
        await audit(who.page, name)
        nothingWrong(who)
      }
      await who.context.close()
    })
  await visitor.context.close()
}
