// What the pictures of the fusion index show: which counties of which year, and the options of the chart library. Tooltips are drawn on
// the canvas, since the content policy refuses their inline styles. A county without all four chains is not drawn: no data is not zero.
import type { FusionPlace, FusionView } from '@/api/types'
import type { OptionOf } from '@/modules/steering/chart'

export const chainsOf = ['innovation', 'industry', 'capital', 'talent'] as const

export const nameOf = (view: FusionView, county: string) => view.counties.find((one) => one.county === county)?.name ?? county

/** Of one year, by rank; those without an index last. */
export const placesOf = (view: FusionView, year: number | undefined) => view.places.filter((place) => place.year === year).sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))

/** Those that the node compares when the county is chosen; one that the year does not have counts as none. */
export function comparedOf(view: FusionView, year: number, county: string | undefined): FusionPlace[] {
  const when = (chosen: string) => view.compared.find((one) => one.year === year && one.county === chosen)?.counties
  return (when(county ?? '') ?? when('') ?? []).flatMap((code) => view.places.find((place) => place.year === year && place.county === code) ?? [])
}

export const isWhole = (place: FusionPlace) => place.levels.every((level) => level.u !== undefined)

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
const small = { fontSize: 12 }
const lines = [{ tone: '--primary', type: 'solid', symbol: 'circle' }, { tone: '--accent', type: 'dashed', symbol: 'diamond' }]

/** One line a county over the four chains, 0 to 1. Names beside the radar, where there is little room, take a line a word. */
export function levelsOption(chains: string[], counties: { name: string; values: number[] }[]): OptionOf {
  return (colour) => ({
    tooltip: { renderMode: 'richText', trigger: 'item' },
    legend: { top: 0, left: 8, itemGap: 12, itemWidth: 12, itemHeight: 12, data: counties.map(({ name }, at) => ({ name, icon: lines[at]!.symbol })), textStyle: { color: colour('--muted'), ...small } },
    radar: {
      indicator: chains.map((name, at) => ({ name: at % 2 ? name.replace(' ', '\n') : name, min: 0, max: 1 })), radius: '62%', center: ['50%', '57%'], splitNumber: 4,
      axisName: { color: colour('--ink'), ...small }, axisNameGap: 6, splitArea: { show: false }, splitLine: { lineStyle: { color: colour('--line') } }, axisLine: { lineStyle: { color: colour('--line') } },
    },
    // A series a county, the lower one on top: a click on it must not meet the area of the higher.
    series: counties.map((county, at) => {
      const { tone, type, symbol } = lines[at]!
      return {
        type: 'radar', name: county.name, z: counties.some((other) => sum(other.values) > sum(county.values)) ? 3 : 2, symbol, symbolSize: 7,
        lineStyle: { color: colour(tone), type, width: 2 }, itemStyle: { color: colour(tone) }, areaStyle: { color: colour(tone), opacity: 0.08 }, data: [{ name: county.name, value: county.values }],
      }
    }),
  })
}

/** Room for the figure at the end of a bar, and with its grade where the picture is wide. */
const narrow = 420
const figureRoom = 48
const gradeRoom = 156

export function degreesOption(counties: { name: string; value: number; grade: string }[]): OptionOf {
  return (colour, width) => ({
    tooltip: { renderMode: 'richText', trigger: 'item', formatter: (item: { dataIndex: number }) => `${counties[item.dataIndex]!.name}  ${counties[item.dataIndex]!.value.toFixed(3)}\n${counties[item.dataIndex]!.grade}` },
    grid: { left: 8, right: width < narrow ? figureRoom : gradeRoom, top: 8, bottom: 4, containLabel: true },
    xAxis: { type: 'value', min: 0, max: 1, axisLabel: { color: colour('--muted'), ...small }, splitLine: { lineStyle: { color: colour('--line') } } },
    yAxis: { type: 'category', inverse: true, data: counties.map((county) => county.name), axisLabel: { color: colour('--ink'), ...small, interval: 0 }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('--line-strong') } } },
    series: [{
      type: 'bar', barMaxWidth: 16, itemStyle: { color: colour('--primary') }, data: counties.map((county) => county.value),
      label: { show: true, position: 'right', color: colour('--ink'), ...small, formatter: (item: { dataIndex: number; value: number }) => (width < narrow ? item.value.toFixed(3) : `${item.value.toFixed(3)} ${counties[item.dataIndex]!.grade}`) },
    }],
  })
}
