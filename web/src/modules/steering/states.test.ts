import { expect, it } from 'vitest'
import type { IndicatorView } from '@/api/types'
import { figure, groupsBy, judged, leadsOf, noChain, ofChain } from './states'

const item = (state: string, units: [string, string][]) => ({ state, duties: units.map(([unit, role]) => ({ unit, role, from: '2026-01-01' })) }) as unknown as IndicatorView

it('names those who lead, or all that are responsible, and never everybody', () => {
  expect(leadsOf(item('on_track', [['甲', 'lead'], ['乙', 'co'], ['各县', 'everywhere']]))).toEqual(['甲'])
  expect(leadsOf(item('on_track', [['甲', 'responsible'], ['乙', 'responsible']]))).toEqual(['甲', '乙'])
})
it('counts states in groups, the largest first', () => {
  const groups = groupsBy([item('off_track', [['甲', 'lead']]), item('on_track', [['乙', 'lead']]), item('on_track', [['乙', 'lead']])], leadsOf)
  expect(groups.map((group) => [group.name, group.total, group.counts.on_track])).toEqual([['乙', 2, 2], ['甲', 1, 0]])
})
it('finds those of a chain, and those of none', () => {
  const all = [{ chain: 'talent' }, {}]
  expect([ofChain(all[0]!, 'talent'), ofChain(all[1]!, 'talent'), ofChain(all[1]!, noChain), ofChain(all[0]!, noChain), ofChain(all[1]!, '')]).toEqual([true, false, true, false, true])
})
it('writes figures without needless digits and nothing where there is none', () => {
  expect([figure(12800), figure(53.49), figure(0), figure(undefined)]).toEqual(['12,800', '53.49', '0', ''])
})
it('shows the figure that gave the state: that of the running period for the time being, else that of the last ended one', () => {
  const both = { figure: 5, required: 6, running: 2, required_now: 3, provisional: false } as IndicatorView
  expect(judged(both)).toEqual({ figure: 5, required: 6, soFar: false })
  expect(judged({ ...both, provisional: true })).toEqual({ figure: 2, required: 3, soFar: true })
  expect(judged({ provisional: false, required_now: 3 } as IndicatorView)).toEqual({ figure: undefined, required: 3, soFar: false })
})
