import { expect, it } from 'vitest'
import { ownFacts, shownValue } from './self-test'

const known = new Map([['staff', { value: 30 }]])

it('shows what a register knows until something is said', () => {
  expect(shownValue({}, known, 'staff')).toBe(30)
  expect(shownValue({ staff: 45 }, known, 'staff')).toBe(45)
  expect(shownValue({ staff: null }, known, 'staff')).toBeNull()
  expect(shownValue({}, known, 'region')).toBeUndefined()
})

it('asks on a card only what no other policy and not the form asks', () => {
  const fact = (id: string) => ({ fact: id, title: { zh: id, en: id }, words: { zh: '', en: '' }, origin: 'unknown' }) as never
  const answer = (policy: string, clause: string[], benefit: string[]) => ({ policy, clauses: [{ have: clause.map(fact) }], benefit: { have: benefit.map(fact) }, ask: [] }) as never
  const questions = new Map(['kind', 'books', 'patents', 'contract'].map((id) => [id, { core: id === 'kind' }]))
  const own = ownFacts([answer('deduction', ['kind', 'books'], ['patents']), answer('voucher', ['contract', 'patents'], [])], questions)
  expect(own).toEqual(new Map([['deduction', ['books']], ['voucher', ['contract']]]))
})
