// What the pictures show, as options of the chart library. No tooltip as HTML; shape and words carry what colour carries.
import type { IndicatorPage, IndicatorView } from '@/api/types'
import type { Colour, OptionOf } from './chart'
import { colours, figure, states, type Group } from './states'

type Translate = (key: string, values?: Record<string, unknown>) => string
const small = { fontSize: 12 }
const quiet = (colour: Colour) => ({ axisLine: { lineStyle: { color: colour('--line-strong') } }, axisTick: { show: false }, axisLabel: { color: colour('--muted'), ...small }, splitLine: { lineStyle: { color: colour('--line') } } })

/** The legend of six states takes two lines where its words are long or the picture is narrow; Chinese letters are about twice as wide. */
const legendHeight = (names: string[], width: number) => {
  const letters = [...names.join('')].reduce((sum, letter) => sum + (letter > '\u2e80' ? 12 : 6.6), 0)
  return letters + names.length * 26 > width - 16 ? 46 : 26
}
/** A figure is written into its piece only where it leaves some of the piece to be seen. */
const leastLabelled = 0.1

/** Groups as bars, one piece a state. */
export function stackedOption(groups: Group[], t: Translate): OptionOf {
  const longest = Math.max(1, ...groups.map((group) => group.total))
  const names = states.map((state) => t(`steering.states.indicator.${state}`))
  return (colour, width) => ({
    // Patterns beside colours: neighbouring states must be told apart without either.
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    tooltip: { renderMode: 'richText', trigger: 'item' },
    grid: { left: 8, right: 24, top: legendHeight(names, width), bottom: 4, containLabel: true },
    legend: { top: 0, left: 8, itemWidth: 10, itemHeight: 10, itemGap: 10, textStyle: { color: colour('--muted'), ...small } },
    xAxis: { type: 'value', minInterval: 1, ...quiet(colour) },
    yAxis: { type: 'category', inverse: true, data: groups.map((group) => group.name), ...quiet(colour), axisLabel: { color: colour('--ink'), ...small, width: 130, overflow: 'truncate', interval: 0 } },
    series: states.map((state, at) => ({
      name: names[at], type: 'bar', stack: 'all', barMaxWidth: 18, itemStyle: { color: colour(colours[state]), borderColor: colour('--surface'), borderWidth: 1 },
      label: { color: colour('--ink'), backgroundColor: colour('--surface'), padding: [1, 3], borderRadius: 2, fontSize: 11 },
      data: groups.map((group) => ({ value: group.counts[state], label: { show: group.counts[state] >= longest * leastLabelled } })),
    })),
  })
}

export const stateOfSeries = (name: string, t: Translate) => states.find((state) => t(`steering.states.indicator.${state}`) === name)

/** How much of the year's promise is done, and where the path stands today; in per cent, since promises count different things. */
export const progressOf = (item: IndicatorView) => {
  const target = item.course.targets.at(-1)?.value
  const done = item.running ?? item.figure
  return { target, done, share: target && done !== undefined ? (done / target) * 100 : undefined, path: target && item.required_now !== undefined ? (item.required_now / target) * 100 : undefined }
}

export function promisesOption(items: IndicatorView[], t: Translate): OptionOf {
  const all = items.map(progressOf)
  return (colour) => ({
    tooltip: { renderMode: 'richText', trigger: 'item' },
    grid: { left: 8, right: 12, top: 26, bottom: 4, containLabel: true },
    legend: { top: 0, left: 8, itemWidth: 12, itemHeight: 10, textStyle: { color: colour('--muted'), ...small } },
    xAxis: { type: 'value', min: 0, max: (axis: { max: number }) => Math.max(100, Math.ceil(axis.max / 20) * 20), ...quiet(colour), axisLabel: { color: colour('--muted'), ...small, formatter: '{value}%', hideOverlap: true } },
    yAxis: [
      { type: 'category', inverse: true, data: items.map((item) => item.name), ...quiet(colour), axisLabel: { color: colour('--ink'), ...small, width: 150, overflow: 'truncate' } },
      // The figures stand at the edge, where neither bar nor mark covers them.
      { type: 'category', inverse: true, position: 'right', data: all.map(({ done, target }) => `${figure(done) || '–'} / ${figure(target)}`), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colour('--ink'), ...small, interval: 0 } },
    ],
    series: [
      {
        name: t('steering.done'), type: 'bar', barMaxWidth: 16, showBackground: true, backgroundStyle: { color: colour('--sunken') },
        itemStyle: { color: colour('--accent') },
        data: all.map((one, at) => ({ value: one.share ?? 0, itemStyle: { color: colour(colours[items[at]!.state]) } })),
      },
      { name: t('steering.pathToday'), type: 'scatter', symbol: 'rect', symbolSize: [3, 20], itemStyle: { color: colour('--ink') }, data: all.map((one, at) => [one.path ?? '-', at]) }, // one a promise, so that a click on a mark opens its own
    ],
  })
}

/** History, path, targets and forecast of one indicator. */
export function historyOption(page: IndicatorPage, t: Translate): OptionOf {
  const baseline = page.course.baseline
  const before = baseline?.value === undefined ? [] : [{ period: page.frequency === 'year' ? String(baseline.year) : t('steering.baselineOf', { year: baseline.year }), figure: baseline.value, required: baseline.value }]
  const points = [...before, ...page.points.map((point) => ({ period: point.period, figure: point.figure, required: point.required }))]
  const forecast = new Map((page.course.aggregation === 'last' ? page.forecast?.points ?? [] : []).map((point) => [point.period, point]))
  const line = (name: string, values: (number | undefined)[], more: object) => ({ name, type: 'line', data: values.map((value) => value ?? null), ...more })
  return (colour) => ({
    tooltip: { renderMode: 'richText', trigger: 'axis' },
    grid: { left: 8, right: 20, top: 48, bottom: 8, containLabel: true },
    legend: { top: 0, left: 8, textStyle: { color: colour('--muted'), ...small } },
    xAxis: { type: 'category', data: points.map((point) => point.period), ...quiet(colour), splitLine: { show: false } },
    yAxis: { type: 'value', scale: page.course.aggregation === 'last', ...quiet(colour) },
    series: [
      line(t('steering.path'), points.map((point) => point.required), { symbol: 'none', lineStyle: { type: 'dashed', color: colour('--muted'), width: 1.5 }, itemStyle: { color: colour('--muted') } }),
      line(t('steering.figure'), points.map((point) => point.figure), { symbol: 'circle', symbolSize: 7, lineStyle: { color: colour('--primary'), width: 2 }, itemStyle: { color: colour('--primary') } }),
      ...(forecast.size
        ? [
            line(t('steering.forecast'), points.map((point) => forecast.get(point.period)?.value), { symbol: 'diamond', symbolSize: 7, lineStyle: { type: 'dotted', color: colour('--accent') }, itemStyle: { color: colour('--accent') } }),
            line(t('steering.forecastLow'), points.map((point) => forecast.get(point.period)?.low), { symbol: 'none', lineStyle: { type: 'dotted', width: 1, color: colour('--accent') }, itemStyle: { color: colour('--accent') } }),
            line(t('steering.forecastHigh'), points.map((point) => forecast.get(point.period)?.high), { symbol: 'none', lineStyle: { type: 'dotted', width: 1, color: colour('--accent') }, itemStyle: { color: colour('--accent') } }),
          ]
        : []),
    ],
  })
}
