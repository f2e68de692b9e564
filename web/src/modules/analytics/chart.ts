// The picture of an answer, as steering draws its own.
import type { OptionOf } from '@/modules/steering/chart'
import type { Series } from './answer'

export function optionOf(series: Series, line: boolean): OptionOf {
  return (colour) => {
    const text = { color: colour('--muted'), fontSize: 12 }
    const all = series.labels.length <= 20
    const names = all ? { interval: 0, rotate: series.labels.length > 6 ? 40 : 0, width: 110, overflow: 'truncate' as const } : { hideOverlap: true }
    return {
      grid: { left: 12, right: 24, top: 40, bottom: 12, containLabel: true },
      xAxis: { type: 'category', data: series.labels, axisLabel: { ...text, ...names }, axisLine: { lineStyle: { color: colour('--line-strong') } } },
      yAxis: { type: 'value', name: series.name, nameTextStyle: text, axisLabel: text, splitLine: { lineStyle: { color: colour('--line') } } },
      series: [{
        type: line ? 'line' : 'bar', data: series.values, itemStyle: { color: colour('--primary') }, barMaxWidth: 48,
        label: { show: all, position: 'top', ...text },
      }],
    }
  }
}
