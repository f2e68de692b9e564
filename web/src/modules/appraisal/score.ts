// Scores that may be ranges, in words.
import type { AppraisalScheme, AppraisalStanding } from '@/api/types'
import { say, word } from '@/i18n'

/** At most two places, no trailing zeros. */
export const points = (value: number) => String(Math.round(value * 100) / 100)

export const scoreText = (row: { low: number; high: number }) => (row.low === row.high ? points(row.low) : word('appraisal.range', { from: points(row.low), to: points(row.high) }))

export const rankText = (row: { rank_best: number; rank_worst: number }) =>
  row.rank_best === row.rank_worst ? String(row.rank_best) : word('appraisal.range', { from: row.rank_best, to: row.rank_worst })

export function gradeText(scheme: Pick<AppraisalScheme, 'grades'>, row: { grade_low: string; grade_high: string }): string {
  const title = (id: string) => say(scheme.grades.find((grade) => grade.id === id)?.title)
  return row.grade_low === row.grade_high ? title(row.grade_low) : word('appraisal.range', { from: title(row.grade_low), to: title(row.grade_high) })
}

/** Score, grade and rank in one line; nothing when there is no standing. */
export const standingText = (scheme: Pick<AppraisalScheme, 'grades'>, row: AppraisalStanding | undefined) =>
  row && word('appraisal.standing', { score: scoreText(row), grade: gradeText(scheme, row), rank: rankText(row) })

/** What a criterion is called; one that the scheme has no more keeps its id. */
export const criterionTitle = (scheme: AppraisalScheme, id: string) =>
  say(scheme.classes.flatMap((of) => of.criteria).find((criterion) => criterion.id === id)?.title) || id

/** Years that can be appraised, newest first: full ones and the running one. */
export function yearsOf(scheme: AppraisalScheme, thisYear: number): number[] {
  const last = Math.min(scheme.last_year ?? thisYear, thisYear)
  return Array.from({ length: Math.max(0, last - scheme.first_year + 1) }, (_, at) => last - at)
}
