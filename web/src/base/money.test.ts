import { describe, expect, it } from 'vitest'
import { amountIn, decimalOfFen, fenOfText, fenPerUnit, fenPerWan, fenPerYuan, readableAmount } from './money'

describe('an amount typed by a person', () => {
  it.each([
    ['12.5', fenPerWan, 12_500_000],
    ['1,200', fenPerWan, 1_200_000_000],
    ['１２．５', fenPerWan, 12_500_000],
    ['0.000001', fenPerWan, 1],
    ['3万', fenPerYuan, 3_000_000],
    ['3 万元', fenPerYuan, 3_000_000],
    ['800元', fenPerWan, 80_000],
    ['0.10', fenPerYuan, 10],
    ['0', fenPerWan, 0],
  ])('%s in units of %i fen is %i fen', (text, unit, fen) => expect(fenOfText(text, unit)).toBe(fen))

  it.each(['', 'abc', '-1', '1.2.3', '1e6', '0.001', '99999999999999999'])('%s is not an amount in yuan', (text) => {
    expect(fenOfText(text, fenPerYuan)).toBeUndefined()
  })

  it('comes back as it was typed, for every number of fen', () => {
    for (const fen of [0, 1, 99, 100, 101, 999_999, 1_000_000, 1_000_001, 123_456_789, 999_999_999_999_999])
      for (const unit of [fenPerYuan, fenPerWan]) expect(fenOfText(decimalOfFen(fen, unit), unit)).toBe(fen)
  })
})

describe('an amount as it is shown', () => {
  it('has no needless zeros and groups thousands', () => {
    expect(decimalOfFen(12_500_000, fenPerWan)).toBe('12.5')
    expect(amountIn(123_456_789_000, fenPerYuan)).toBe('1,234,567,890')
    expect(amountIn(123_456_750, fenPerYuan)).toBe('1,234,567.5')
  })
  it('is in 万元 from one 万元 on in Chinese, in yuan otherwise', () => {
    expect(readableAmount(12_500_000, true)).toEqual({ amount: '12.5', unit: 'wan' })
    expect(readableAmount(999_900, true)).toEqual({ amount: '9,999', unit: 'yuan' })
    expect(readableAmount(12_500_000, false)).toEqual({ amount: '125,000', unit: 'yuan' })
  })
  it('reads the unit of a field', () => {
    expect(fenPerUnit({ fen_per_unit: 1_000_000 })).toBe(fenPerWan)
    expect(fenPerUnit({})).toBe(fenPerYuan)
  })
})
