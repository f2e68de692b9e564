// Pictures of steering and of the fusion index, drawn by ECharts; pages import this file when they draw. Tooltips are drawn on the canvas: as HTML they would
// carry inline styles, which the content policy refuses.
import { init, use, type EChartsType } from 'echarts/core'
import { BarChart, LineChart, RadarChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, RadarComponent, TooltipComponent } from 'echarts/components'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, RadarChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, RadarComponent, TooltipComponent, CanvasRenderer, SVGRenderer])

export type Option = Record<string, unknown>
export type Colour = (name: string) => string
/** What a picture shows, given the colours of the page and the width there is. */
export type OptionOf = (colour: Colour, width: number) => Option

export type Picture = { png: () => Promise<Blob | null>; svg: () => string; close: () => void }

export function draw(element: HTMLElement, optionOf: OptionOf, open: (at: number, series: string) => void): Picture {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const option = { animation: false, textStyle: { fontFamily: colour('--font'), color: colour('--ink') }, ...optionOf(colour, element.clientWidth) }
  const size = { width: element.clientWidth, height: element.clientHeight }
  const chart: EChartsType = init(element, undefined, { renderer: 'canvas', ...size })
  chart.setOption(option)
  chart.on('click', (event) => open(event.dataIndex, event.seriesName ?? ''))
  return {
    png: () => new Promise((resolve) => chart.renderToCanvas({ pixelRatio: 2, backgroundColor: colour('--surface') }).toBlob(resolve, 'image/png')),
    svg() {
      const still = init(null, undefined, { renderer: 'svg', ssr: true, ...size })
      still.setOption({ ...option, backgroundColor: colour('--surface') })
      const text = still.renderToSVGString()
      still.dispose()
      return text
    },
    close: () => chart.dispose(),
  }
}
