import { expect, it } from 'vitest'
import { shownValue } from './self-test'

const known = new Map([['staff', { value: 30 }]])

it('shows what a register knows until something is said', () => {
  expect(shownValue({}, known, 'staff')).toBe(30)
  expect(shownValue({ staff: 45 }, known, 'staff')).toBe(45)
  expect(shownValue({ staff: null }, known, 'staff')).toBeNull()
  expect(shownValue({}, known, 'region')).toBeUndefined()
})
