// Radar of the four chains and bars by county. The only file of the module that loads ECharts; the page imports it when it draws.
// No tooltip: the library writes it with inline styles, which the content policy refuses. The table beside says every figure.
import { init, use } from 'echarts/core'
import { BarChart, RadarChart } from 'echarts/charts'
import { GridComponent, LegendComponent, RadarComponent } from 'echarts/components'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

use([BarChart, RadarChart, GridComponent, LegendComponent, RadarComponent, CanvasRenderer, SVGRenderer])

export type RadarData = { systems: string[]; lines: { name: string; values: number[] }[] }
export type BarData = { names: string[]; values: number[]; grades: string[] }
export type Picture = { svg: () => string; png: () => Promise<Blob | null>; close: () => void }

const tones = ['--primary', '--accent', '--good', '--bad']
const strokes = ['solid', 'dashed', 'dotted', 'solid']

function colours() {
  const style = getComputedStyle(document.documentElement)
  return { of: (name: string) => style.getPropertyValue(name).trim(), font: style.getPropertyValue('--font') }
}

// Names stand left and right of the picture, one word a line where words have spaces; on a phone the picture makes room for them.
const besideRadar = 76

function radarOption(data: RadarData, width: number) {
  const { of, font } = colours()
  return {
    animation: false,
    legend: { bottom: 0, textStyle: { color: of('--ink'), fontFamily: font } },
    radar: {
      indicator: data.systems.map((name) => ({ name: name.replace(' ', '\n'), max: 1, min: 0 })), radius: Math.min(93, width / 2 - besideRadar), center: ['50%', '46%'],
      axisName: { color: of('--ink'), fontFamily: font, fontSize: 13 }, splitArea: { show: false },
      splitLine: { lineStyle: { color: of('--line') } }, axisLine: { lineStyle: { color: of('--line') } },
    },
    series: [{
      type: 'radar',
      data: data.lines.map((line, at) => ({
        name: line.name, value: line.values, symbolSize: 6,
        lineStyle: { color: of(tones[at % tones.length]!), type: strokes[at % strokes.length], width: 2 }, itemStyle: { color: of(tones[at % tones.length]!) },
      })),
    }],
  }
}

function barOption(data: BarData, width: number) {
  const { of, font } = colours()
  // A phone has no room for the grade's name; the table below says it.
  const isNarrow = width < 420

  return {
    animation: false,
    grid: { left: 76, right: isNarrow ? 44 : 150, top: 8, bottom: 28 },
    xAxis: { type: 'value', min: 0, max: 1, axisLabel: { color: of('--muted') }, splitLine: { lineStyle: { color: of('--line') } } },
    yAxis: { type: 'category', inverse: true, data: data.names, axisLabel: { color: of('--ink'), fontFamily: font }, axisTick: { show: false }, axisLine: { lineStyle: { color: of('--line-strong') } } },
    series: [{
      type: 'bar', data: data.values, barWidth: 16, itemStyle: { color: of('--primary') },
      label: { show: true, position: 'right', color: of('--ink'), fontFamily: font, formatter: (item: { dataIndex: number; value: number }) => (isNarrow ? item.value.toFixed(3) : `${item.value.toFixed(3)} ${data.grades[item.dataIndex]}`) },
    }],
  }
}

function draw(element: HTMLElement, option: Record<string, unknown>): Picture {
  const size = { width: element.clientWidth, height: element.clientHeight }
  const chart = init(element, undefined, { renderer: 'canvas', ...size })
  chart.setOption(option)
  const background = () => colours().of('--surface')
  return {
    svg() {
      const still = init(null, undefined, { renderer: 'svg', ssr: true, ...size })
      still.setOption({ ...option, backgroundColor: background() })
      const text = still.renderToSVGString()
      still.dispose()
      return text
    },
    png: () => new Promise((resolve) => chart.renderToCanvas({ pixelRatio: 2, backgroundColor: background() }).toBlob(resolve, 'image/png')),
    close: () => chart.dispose(),
  }
}

export const drawRadar = (element: HTMLElement, data: RadarData) => draw(element, radarOption(data, element.clientWidth))
export const drawBars = (element: HTMLElement, data: BarData) => draw(element, barOption(data, element.clientWidth))
