// What an answer looks like in a cell, and which of its columns make a chart.
import type { QueryAnswer } from '@/api/types'

export function shownCell(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (Array.isArray(value)) return value.join('; ')
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(12)))
  return String(value)
}

/** How an answer is shown; a saved query keeps it as chart.kind. */
export const answerKinds = ['table', 'bar', 'line'] as const
export type AnswerKind = (typeof answerKinds)[number]
export const kindOf = (chart: { kind?: unknown } | undefined): AnswerKind => answerKinds.find((kind) => kind === chart?.kind) ?? 'table'

export type Series = { labels: string[]; name: string; values: (number | null)[] }

const pointsMax = 60
const isNumber = (type: string) => /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/.test(type)

/** The first column that is no number gives labels, the first number after or before it the values; nothing when one is missing. */
export function seriesOf(answer: QueryAnswer): Series | undefined {
  const number = answer.columns.findIndex((column) => isNumber(column.type))
  const label = answer.columns.findIndex((column) => !isNumber(column.type))
  if (number < 0 || label < 0) return undefined
  const rows = answer.rows.slice(0, pointsMax) as unknown[][]
  return {
    labels: rows.map((row) => shownCell(row[label])),
    name: answer.columns[number]!.name,
    values: rows.map((row) => (typeof row[number] === 'number' ? (row[number] as number) : null)),
  }
}

export const chartable = (answer: QueryAnswer) => answer.rows.length > 1 && seriesOf(answer) !== undefined
