// How states look and in which order they are told: worst first.
import type { IndicatorState, IndicatorView, Reminder, TaskStatus } from '@/api/types'

export const states: IndicatorState[] = ['off_track', 'no_data', 'pending', 'at_risk', 'recovering', 'on_track']
export const taskStatuses: TaskStatus[] = ['planned', 'running', 'at_risk', 'slipped', 'done', 'dropped']

type Look = [tone: string, icon: string]
export const looks: Record<IndicatorState | TaskStatus, Look> = {
  on_track: ['good', 'check'], pending: ['accent', 'clock'], at_risk: ['warn', 'info'], off_track: ['bad', 'warning'], recovering: ['primary', 'history'], no_data: ['', 'minus'],
  planned: ['', 'clock'], running: ['primary', 'right'], slipped: ['bad', 'warning'], done: ['good', 'check'], dropped: ['', 'cross'],
}
export const reminderLooks: Record<Reminder, Look> = {
  none: ['', 'clock'], soon: ['', 'clock'], due: ['accent', 'clock'], late: ['warn', 'info'], very_late: ['bad', 'warning'], escalated: ['bad', 'warning'],
}
/** Names of colours in styles/tokens.css. */
export const colours: Record<IndicatorState, string> = {
  on_track: '--good', pending: '--accent', at_risk: '--warn', off_track: '--bad', recovering: '--primary', no_data: '--no-data',
}

/** Units that stand first: those that lead, or all that are responsible where nobody leads. */
export function leadsOf(item: { duties: IndicatorView['duties'] }): string[] {
  const named = item.duties.filter((duty) => duty.role !== 'everywhere')
  const leads = named.filter((duty) => duty.role === 'lead')
  return (leads.length ? leads : named).map((duty) => duty.unit)
}

export const chains = ['innovation', 'industry', 'capital', 'talent'] as const
/** In the address: those that belong to none. */
export const noChain = 'none'
export const ofChain = (item: { chain?: string }, wanted: string) => !wanted || (item.chain ?? noChain) === wanted

export type Group = { name: string; counts: Record<IndicatorState, number>; total: number }

/** Indicators by something they have one or several of; the largest group first. */
export function groupsBy(items: IndicatorView[], namesOf: (item: IndicatorView) => string[]): Group[] {
  const groups = new Map<string, Group>()
  for (const item of items)
    for (const name of namesOf(item)) {
      const group = groups.get(name) ?? { name, counts: { off_track: 0, no_data: 0, pending: 0, at_risk: 0, recovering: 0, on_track: 0 }, total: 0 }
      group.counts[item.state] += 1
      group.total += 1
      groups.set(name, group)
    }
  return [...groups.values()].sort((a, b) => b.total - a.total)
}

/** At most four decimals, thousands apart. */
export const figure = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 4 }))

/** The figure that the state was judged by, and what the path asked of it. */
export const judged = (item: IndicatorView) =>
  item.provisional || item.figure === undefined
    ? { figure: item.running, required: item.required_now, soFar: item.running !== undefined }
    : { figure: item.figure, required: item.required, soFar: false }
