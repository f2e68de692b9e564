// What the parts of the plan page share: supplies by id, differences in words, places of bars.
import type { MatchedSupply, PlanStep } from '@/api/types'

export type SupplyOf = (id: string | undefined) => MatchedSupply | undefined

/** "+3", "-3", "0". */
export const signed = (value: number): string => (value > 0 ? `+${value}` : String(value))

/** A difference of two scores in hundredths, as the score bars show them. */
export const hundredths = (difference: number): number => Math.round(difference * 100)

/** Where a bar stands among `days`, in percent. A step of no length is still seen. */
export function barOf(step: Pick<PlanStep, 'begins_after_days' | 'days'>, days: number): { left: string; width: string } {
  const whole = Math.max(days, 1)
  const percent = (part: number) => `${Math.round((part / whole) * 1000) / 10}%`
  return { left: percent(step.begins_after_days), width: percent(Math.max(step.days, whole / 100)) }
}
