// The picture of an answer. Loaded when somebody draws; no tooltip, which the library writes with inline styles.
import { init, use } from 'echarts/core'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { CanvasRenderer } from 'echarts/renderers'
import type { Series } from './answer'

use([BarChart, LineChart, GridComponent, CanvasRenderer])

export function draw(element: HTMLElement, series: Series, line: boolean): () => void {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const text = { color: colour('--muted'), fontSize: 12 }
  const all = series.labels.length <= 20
  const names = all ? { interval: 0, rotate: series.labels.length > 6 ? 40 : 0, width: 110, overflow: 'truncate' as const } : { hideOverlap: true }
  const chart = init(element, undefined, { renderer: 'canvas' })
  chart.setOption({
    animation: false,
    grid: { left: 12, right: 24, top: 40, bottom: 12, containLabel: true },
    xAxis: { type: 'category', data: series.labels, axisLabel: { ...text, ...names }, axisLine: { lineStyle: { color: colour('--line-strong') } } },
    yAxis: { type: 'value', name: series.name, nameTextStyle: text, axisLabel: text, splitLine: { lineStyle: { color: colour('--line') } } },
    series: [{
      type: line ? 'line' : 'bar', data: series.values, itemStyle: { color: colour('--primary') }, barMaxWidth: 48,
      label: { show: series.labels.length <= 20, position: 'top', ...text },
    }],
  })
  return () => chart.dispose()
}
