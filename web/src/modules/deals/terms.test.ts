import { describe, expect, it } from 'vitest'
import { emptyTerms, milestonesOfRows, readTerms } from './terms'

describe('terms of a deal', () => {
  const draft = { ...emptyTerms(new Date('2026-11-20T01:00:00Z')), title: ' 改造 ', scope: '两台机', contract_total: '12.5', technology_amount: '10', milestones: [{ title: '图纸', due_on: '2026-12-31', amount: '12.5' }] }

  it('begin today in the region and last half a year', () => {
    expect([draft.starts_on, draft.ends_on]).toEqual(['2026-11-20', '2027-05-20'])
  })
  it('are read into fen', () => {
    expect(readTerms(draft)).toMatchObject({ unreadable: [], terms: { title: '改造', contract_total_fen: 12_500_000, milestones: [{ amount_fen: 12_500_000 }] } })
  })
  it('name the amounts that cannot be read', () => {
    expect(readTerms({ ...draft, contract_total: '面议', milestones: [{ title: '', due_on: '', amount: '' }] }).unreadable).toEqual(['contract_total_fen', 'milestones/0/amount_fen'])
  })
})

describe('rows pasted from a spreadsheet', () => {
  it('become milestones', () => {
    expect(milestonesOfRows('图纸\t2026/3/1\t3\r\n样机\t2026年12月31日\t9.5\r\n')).toEqual([
      { title: '图纸', due_on: '2026-03-01', amount: '3' },
      { title: '样机', due_on: '2026-12-31', amount: '9.5' },
    ])
  })
  it('are nothing when the text has no cells', () => expect(milestonesOfRows('图纸')).toBeUndefined())
})
