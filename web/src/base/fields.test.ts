import { describe, expect, it } from 'vitest'
import type { Field, FieldType } from '@/api/types'
import { draftOf, draftsOf, pastedText, valuesOf } from './fields'

const field = (id: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  id, type, title: { zh: id, en: id }, required: false, many: false, sensitivity: 'open', in_table: false, ...more,
})
const fields = [
  field('title', 'text'),
  field('price_fen', 'money', { fen_per_unit: 1_000_000 }),
  field('fee_fen', 'money', { fen_per_unit: 100 }),
  field('trl', 'integer'),
  field('share', 'decimal'),
  field('ways', 'code', { many: true }),
  field('segment', 'code'),
  field('fictional', 'boolean'),
  field('valid_to', 'date'),
]

describe('what a form holds becomes what the API takes', () => {
  it('reads numbers and money exactly, trims text, drops what is empty', () => {
    const drafts = { title: ' 高温尼龙 ', price_fen: '12.5', fee_fen: '1,200', trl: '7', share: '0.35', ways: ['licence'], segment: '', fictional: true, valid_to: '2026-01-21' }
    expect(valuesOf(fields, drafts)).toEqual({
      values: { title: '高温尼龙', price_fen: 12_500_000, fee_fen: 120_000, trl: 7, share: 0.35, ways: ['licence'], fictional: true, valid_to: '2026-01-21' },
      unreadable: [],
    })
  })
  it('names the fields whose numbers cannot be read', () => {
    expect(valuesOf(fields, { price_fen: '面议', trl: '7.5', share: 'x', title: 'a' })).toEqual({ values: { title: 'a' }, unreadable: ['price_fen', 'trl', 'share'] })
  })
  it('gives the same values back after editing nothing', () => {
    const values = { title: 'a', price_fen: 1, fee_fen: 99, trl: 9, share: 1.25, ways: ['licence', 'equity'], segment: 'robot', fictional: true, valid_to: '2026-01-21' }
    expect(valuesOf(fields, draftsOf(fields, values)).values).toEqual(values)
  })
  it('does not share the list of codes with the entry', () => {
    const codes = ['licence']
    expect(draftOf(fields[5]!, codes)).not.toBe(codes)
  })
})

describe('text pasted from Word or Excel', () => {
  it('keeps lines, bullets and cells as plain text', () => {
    expect(pastedText('一、现象\r\n•\u00a0缩水痕\r\n•\t烧焦\r\n\r\n\r\n\r\n保压\t60 MPa  ')).toBe('一、现象\n- 缩水痕\n- 烧焦\n\n保压 | 60 MPa')
  })
  it('leaves plain text alone', () => expect(pastedText('盐雾 720 小时\n不见红锈')).toBe('盐雾 720 小时\n不见红锈'))
})
