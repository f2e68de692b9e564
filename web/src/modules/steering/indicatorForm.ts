// An indicator while it is being written: texts as they stand in the fields, and the way to and from what the API takes.
import type { IndicatorContent, IndicatorPage } from '@/api/types'

type Course = IndicatorContent['course']
type Target = Course['targets'][number]
type Duty = IndicatorContent['duties'][number]

export type IndicatorForm = {
  code: string; name: string; unit: string; system: string; task: string; chain: string; note: string
  own: boolean; is_public: boolean; promise: boolean; fictional: boolean
  frequency: IndicatorContent['frequency']; source: IndicatorContent['source']; reports_from: string; due_days: string
  direction: Course['direction']; aggregation: Course['aggregation']; path: Course['path']; tolerance: string; band: string
  baseline: { year: string; value: string; text: string }
  targets: { year: string; kind: Target['kind']; value: string; text: string }[]
  points: { period: string; value: string }[]
  formula: string; sql: string; rows_sql: string
  count: { register: string; date_field: string; sum_field: string; equals: { field: string; code: string }[] }
  rules: { min: string; max: string; jump_percent: string; sum_of: string }
  duties: { unit: string; role: Duty['role']; from: string; to: string }[]
}

export const sources = ['reported', 'computed', 'counted', 'formula'] as const
export const frequencies = ['year', 'quarter', 'month'] as const
export const directions = ['up', 'down', 'none'] as const
export const aggregations = ['last', 'sum', 'average'] as const
export const pathKinds = ['linear', 'stepped', 'own'] as const
export const targetKinds = ['equal', 'at_least', 'at_most', 'about', 'keep_stable', 'rank_at_best', 'none'] as const
export const dutyRoles = ['lead', 'co', 'responsible', 'everywhere'] as const

const text = (value: number | string | undefined) => (value === undefined ? '' : String(value))
const words = (value: string) => value.trim() || undefined
/** Empty is nothing; what is no number goes to the node as it is, which says so beside the field. */
export function numberOf(value: string): number | undefined {
  const bare = value.replaceAll(/[,\uff0c]/g, '').trim()
  if (bare === '') return undefined
  const number = Number(bare)
  return Number.isNaN(number) ? (bare as unknown as number) : number
}

export function emptyForm(today: string): IndicatorForm {
  const year = Number(today.slice(0, 4))
  return {
    code: '', name: '', unit: '', system: '', task: '', chain: '', note: '', own: false, is_public: false, promise: false, fictional: false,
    frequency: 'year', source: 'reported', reports_from: '', due_days: '20', direction: 'up', aggregation: 'last', path: 'linear', tolerance: '10', band: '2',
    baseline: { year: String(year - 1), value: '', text: '' }, targets: [{ year: String(year), kind: 'equal', value: '', text: '' }], points: [],
    formula: '', sql: 'SELECT count(*)\nFROM needs\nWHERE state = \'published\' AND published_at >= $from AND published_at < $to + 1', rows_sql: '',
    count: { register: '', date_field: '', sum_field: '', equals: [] }, rules: { min: '', max: '', jump_percent: '', sum_of: '' }, duties: [],
  }
}

export function formOf(page: IndicatorPage): IndicatorForm {
  const { course, rules, count } = page
  return {
    ...emptyForm(page.as_of),
    code: page.code, name: page.name, unit: page.unit, system: page.system ?? '', task: page.task ?? '', chain: page.chain ?? '', note: page.note ?? '',
    own: page.own, is_public: page.is_public, promise: page.promise, fictional: page.fictional, frequency: page.frequency, source: page.source,
    reports_from: page.reports_from ?? '', due_days: text(page.due_days), direction: course.direction, aggregation: course.aggregation, path: course.path,
    tolerance: text(course.tolerance_percent), band: text(course.band_percent),
    baseline: { year: text(course.baseline?.year), value: text(course.baseline?.value), text: course.baseline?.text ?? '' },
    targets: course.targets.map((target) => ({ year: text(target.year), kind: target.kind, value: text(target.value), text: target.text })),
    points: (course.own_path ?? []).map((point) => ({ period: point.period, value: text(point.value) })),
    formula: page.formula ?? '', ...(page.computed ? { sql: page.computed.sql, rows_sql: page.computed.rows_sql ?? '' } : {}),
    count: {
      register: count?.register ?? '', date_field: count?.date_field ?? '', sum_field: count?.sum_field ?? '',
      equals: Object.entries(count?.equals ?? {}).map(([field, code]) => ({ field, code })),
    },
    rules: { min: text(rules.min), max: text(rules.max), jump_percent: text(rules.jump_percent), sum_of: rules.sum_of ?? '' },
    duties: page.duties.map((duty) => ({ unit: duty.unit, role: duty.role, from: duty.from, to: duty.to ?? '' })),
  }
}

function courseOf(form: IndicatorForm): Course {
  const { baseline } = form
  const has = baseline.value.trim() !== '' || baseline.text.trim() !== ''
  return {
    direction: form.direction, aggregation: form.aggregation, path: form.path, tolerance_percent: numberOf(form.tolerance) ?? 0, band_percent: numberOf(form.band) ?? 0,
    baseline: has ? { year: numberOf(baseline.year) ?? 0, value: numberOf(baseline.value), text: words(baseline.text) ?? baseline.value } : undefined,
    targets: form.targets.filter((one) => one.value.trim() !== '' || one.text.trim() !== '' || one.kind === 'keep_stable' || one.kind === 'none')
      .map((one) => ({ year: numberOf(one.year) ?? 0, kind: one.kind, value: numberOf(one.value), text: words(one.text) ?? one.value })),
    own_path: form.path === 'own' ? form.points.map((point) => ({ period: point.period.trim(), value: numberOf(point.value) ?? 0 })) : undefined,
  }
}

function countOf({ count }: IndicatorForm): IndicatorContent['count'] {
  const equals = Object.fromEntries(count.equals.filter((one) => one.field.trim()).map((one) => [one.field.trim(), one.code.trim()]))
  return { register: count.register, date_field: count.date_field, sum_field: words(count.sum_field), equals: Object.keys(equals).length ? equals : undefined }
}

/** What the API takes; `kept` is what no field shows: the plan it came from. */
export function contentOf(form: IndicatorForm, kept?: IndicatorPage): IndicatorContent {
  const { rules } = form
  return {
    code: form.code.trim(), name: form.name.trim(), unit: form.unit.trim(), system: words(form.system), task: words(form.task), note: words(form.note),
    chain: (form.chain || undefined) as IndicatorContent['chain'], own: form.own, is_public: form.is_public, promise: form.promise, fictional: form.fictional,
    frequency: form.frequency, course: courseOf(form), source: form.source,
    formula: form.source === 'formula' ? form.formula : undefined,
    count: form.source === 'counted' ? countOf(form) : undefined,
    computed: form.source === 'computed' ? { sql: form.sql, rows_sql: words(form.rows_sql) } : undefined,
    rules: { min: numberOf(rules.min), max: numberOf(rules.max), jump_percent: numberOf(rules.jump_percent), sum_of: words(rules.sum_of) },
    reports_from: words(form.reports_from), due_days: numberOf(form.due_days) ?? 0,
    duties: form.duties.filter((duty) => duty.unit.trim()).map((duty) => ({ unit: duty.unit.trim(), role: duty.role, from: duty.from, to: words(duty.to) })),
    plan_id: kept?.plan_id, ranges: kept?.ranges,
  }
}
