// The picture of a chain. Loads ECharts; pages import it when they draw (steering/chart.ts is the other one).
// No tooltip: the library writes it with inline styles, which the content policy refuses. What a tooltip would say is in the
// label, the line below the picture and the table.
import { init, use, type EChartsType } from 'echarts/core'
import { GraphChart } from 'echarts/charts'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import type { ChainEdge, ChainNode } from '@/api/types'
import type { Layout } from './layout'

use([GraphChart, CanvasRenderer, SVGRenderer])

const columnWidth = 168
const rowHeight = 88
const sideMargin = 84
const topMargin = 32
const bottomMargin = 64

/** Shape, not only colour, says how a node stands; the legend draws the same shapes. */
const shapes: Record<ChainNode['risk'], string> = { steady: 'circle', concentrated: 'diamond', single_source: 'triangle', missing: 'rect' }
const colours: Record<ChainNode['risk'], string> = { steady: '--good', concentrated: '--warn', single_source: '--accent', missing: '--bad' }

export const sizeOf = (layout: Layout, room: number) => ({
  width: Math.max(room, (layout.columns - 1) * columnWidth + 2 * sideMargin),
  height: (layout.rows - 1) * rowHeight + topMargin + bottomMargin,
})

type Size = { width: number; height: number }

function optionOf(layout: Layout, edges: ChainEdge[], size: Size, labelOf: (node: ChainNode) => string) {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const inner = { width: size.width - 2 * sideMargin, height: size.height - topMargin - bottomMargin }
  const x = (column: number) => (layout.columns > 1 ? (column * inner.width) / (layout.columns - 1) : inner.width / 2)
  const y = (row: number) => (layout.rows > 1 ? (row * inner.height) / (layout.rows - 1) : 0)
  const index = new Map(layout.placed.map(({ node }, at) => [node.code, at]))
  // The library fits the box of all nodes into the room it is given: both are the same here, so that nothing is stretched.
  const xs = layout.placed.map(({ column }) => x(column))
  const ys = layout.placed.map(({ row }) => y(row))
  const extent = (values: number[]) => {
    const [from, to] = [Math.min(...values), Math.max(...values)]
    return from === to ? { from: from - 1, span: 2 } : { from, span: to - from } // one column or row: the library takes one to either side
  }
  const [across, down] = [extent(xs), extent(ys)]
  return {
    animation: false,
    series: [{
      type: 'graph', layout: 'none', roam: false,
      left: sideMargin + across.from, top: topMargin + down.from, width: across.span, height: down.span,
      edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 7, symbolSize: 24,
      label: { show: true, position: 'bottom', color: colour('--ink'), fontSize: 12, lineHeight: 16, width: columnWidth - 24, overflow: 'break', fontFamily: style.getPropertyValue('--font') },
      emphasis: { focus: 'adjacency', itemStyle: { borderColor: colour('--ink'), borderWidth: 3, borderType: 'solid' } },
      data: layout.placed.map(({ node }, at) => ({
        id: node.code, name: labelOf(node), x: xs[at], y: ys[at], symbol: shapes[node.risk],
        itemStyle: node.risk === 'missing'
          ? { color: colour('--surface'), borderColor: colour('--bad'), borderWidth: 2, borderType: 'dashed' }
          : { color: colour(colours[node.risk]), borderColor: colour('--surface'), borderWidth: 1 },
      })),
      links: edges.map((edge) => ({
        source: index.get(edge.from), target: index.get(edge.to),
        symbol: edge.relation === 'upstream' ? ['none', 'arrow'] : ['none', 'none'],
        lineStyle: { color: colour('--line-strong'), width: edge.relation === 'upstream' ? 1.25 : 1, type: edge.relation === 'upstream' && !edge.left_out ? 'solid' : 'dashed', curveness: 0.08, opacity: 0.9 },
      })),
    }],
  }
}

export type Picture = {
  mark: (at: number | undefined) => void
  png: () => Promise<Blob | null>
  svg: () => string
  close: () => void
}

export function draw(element: HTMLElement, layout: Layout, edges: ChainEdge[], size: Size, labelOf: (node: ChainNode) => string, open: (code: string) => void): Picture {
  const option = optionOf(layout, edges, size, labelOf)
  const chart: EChartsType = init(element, undefined, { renderer: 'canvas', ...size })
  chart.setOption(option)
  chart.on('click', (event) => {
    if (event.dataType === 'node') open((event.data as { id: string }).id)
  })
  const background = () => getComputedStyle(document.documentElement).getPropertyValue('--surface').trim()
  return {
    mark(at) {
      chart.dispatchAction({ type: 'downplay', seriesIndex: 0 })
      if (at !== undefined) chart.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex: at })
    },
    png: () => new Promise((resolve) => chart.renderToCanvas({ pixelRatio: 2, backgroundColor: background() }).toBlob(resolve, 'image/png')),
    svg() {
      const still = init(null, undefined, { renderer: 'svg', ssr: true, ...size })
      still.setOption({ ...option, backgroundColor: background() })
      const text = still.renderToSVGString()
      still.dispose()
      return text
    },
    close: () => chart.dispose(),
  }
}
