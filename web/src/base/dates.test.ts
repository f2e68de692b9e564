import { describe, expect, it } from 'vitest'
import { dayAt, dayOf, minuteOf, monthsLater, secondOf } from './dates'

describe('instants are shown in the time of the region', () => {
  it('crosses midnight eastward', () => {
    expect(dayOf('2026-01-20T16:30:00Z')).toBe('2026-01-21')
    expect(minuteOf('2026-01-20T16:30:00.123456Z')).toBe('2026-01-21 00:30')
    expect(secondOf('2026-06-30T03:04:05Z')).toBe('2026-06-30 11:04:05')
    expect(dayAt(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01')
  })
  it('leaves days alone, and text that is no time', () => {
    expect(dayOf('2026-01-21')).toBe('2026-01-21')
    expect(dayOf('soon')).toBe('soon')
    expect(minuteOf('')).toBe('')
  })
})

describe('months later', () => {
  it.each([
    ['2026-01-21', 6, '2026-07-21'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-11-20', 2, '2027-01-20'],
    ['2027-12-31', 2, '2028-02-29'],
  ])('%s and %i months is %s', (day, months, later) => expect(monthsLater(day, months)).toBe(later))
})
