import { describe, expect, it } from 'vitest'
import { chartable, kindOf, seriesOf, shownCell } from './answer'

const answer = (columns: [string, string][], rows: unknown[][]) => ({
  columns: columns.map(([name, type]) => ({ name, type })), rows, complete: true, feed_seq: 1, took_ms: 1,
})

describe('cells', () => {
  it('shows nothing as a dash, lists with their separator and fractions without noise', () => {
    expect(shownCell(null)).toBe('—')
    expect(shownCell(['甲', '乙'])).toBe('甲; 乙')
    expect(shownCell(0.1 + 0.2)).toBe('0.3')
    expect(shownCell(12000)).toBe('12000')
    expect(shownCell(false)).toBe('false')
  })
})

describe('series', () => {
  it('takes labels from the first text and values from the first number', () => {
    expect(seriesOf(answer([['n', 'BIGINT'], ['region', 'VARCHAR']], [[3, '南湖区'], [null, '秀洲区']]))).toEqual({
      labels: ['南湖区', '秀洲区'], name: 'n', values: [3, null],
    })
  })
  it('takes days for labels', () => {
    expect(seriesOf(answer([['day', 'DATE'], ['x', 'DECIMAL(9,2)']], [['2026-01-21', 1.5]]))?.labels).toEqual(['2026-01-21'])
  })
  it('is shown as it was kept, as a table otherwise', () => {
    expect([kindOf({ kind: 'line' }), kindOf({ kind: 'pie' }), kindOf(undefined)]).toEqual(['line', 'table', 'table'])
  })
  it('needs both, and more than one row', () => {
    expect(seriesOf(answer([['a', 'VARCHAR']], [['x'], ['y']]))).toBeUndefined()
    expect(seriesOf(answer([['a', 'VARCHAR[]'], ['b', 'INTERVAL']], [[['x'], 'y']]))).toBeUndefined()
    expect(chartable(answer([['a', 'VARCHAR'], ['n', 'BIGINT']], [['x', 1]]))).toBe(false)
  })
})
