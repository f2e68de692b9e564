import { describe, expect, it } from 'vitest'
import type { IndicatorPage } from '@/api/types'
import { contentOf, emptyForm, formOf, numberOf } from './indicatorForm'

const form = () => ({ ...emptyForm('2026-11-29'), code: 'C01', name: '合同额', unit: '万元' })

describe('numbers', () => {
  it('reads what people write and keeps what is none', () => {
    expect(numberOf('1,200.5')).toBe(1200.5)
    expect(numberOf(' ')).toBeUndefined()
    expect(numberOf('0')).toBe(0)
    expect(numberOf('约十')).toBe('约十')
  })
})

describe('an indicator', () => {
  it('has no baseline and no target when none is written', () => {
    const content = contentOf(form())
    expect(content.course.baseline).toBeUndefined()
    expect(content.course.targets).toEqual([])
    expect(content.rules).toEqual({ min: undefined, max: undefined, jump_percent: undefined, sum_of: undefined })
  })
  it('carries only what belongs to its source', () => {
    const written = { ...form(), formula: '[A01]', sql: 'SELECT 1', rows_sql: ' ' }
    expect(contentOf({ ...written, source: 'computed' })).toMatchObject({ computed: { sql: 'SELECT 1', rows_sql: undefined }, formula: undefined, count: undefined })
    expect(contentOf({ ...written, source: 'formula' })).toMatchObject({ formula: '[A01]', computed: undefined })
    expect(contentOf({ ...written, source: 'reported' })).toMatchObject({ formula: undefined, computed: undefined, count: undefined })
  })
  it('takes the value for the text as published, unless one is written', () => {
    const content = contentOf({ ...form(), targets: [{ year: '2027', kind: 'about', value: '44.5', text: '' }, { year: '2028', kind: 'keep_stable', value: '', text: '保持稳定' }] })
    expect(content.course.targets).toEqual([{ year: 2027, kind: 'about', value: 44.5, text: '44.5' }, { year: 2028, kind: 'keep_stable', value: undefined, text: '保持稳定' }])
  })
  it('comes back as it went, with the plan it is from', () => {
    const content = contentOf({
      ...form(), source: 'counted', count: { register: 'events', date_field: 'held_on', sum_field: '', equals: [{ field: 'kind', code: 'roadshow' }] }, path: 'own',
      points: [{ period: '2026-Q3', value: '3' }], duties: [{ unit: '市科技局', role: 'lead', from: '2026-01-01', to: '' }], chain: 'capital',
      targets: [{ year: '2026', kind: 'at_least', value: '30', text: '30场以上' }], baseline: { year: '2025', value: '12', text: '' },
    })
    const page = { ...content, plan_id: 'plan_1', as_of: '2026-11-29' } as unknown as IndicatorPage
    expect(contentOf(formOf(page), page)).toEqual({ ...content, plan_id: 'plan_1' })
  })
})
