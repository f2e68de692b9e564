import { expect, it } from 'vitest'
import { barOf, hundredths, signed } from './plan'

it('puts a bar where its days are', () => {
  expect(barOf({ begins_after_days: 0, days: 10 }, 40)).toEqual({ left: '0%', width: '25%' })
  expect(barOf({ begins_after_days: 30, days: 10 }, 40)).toEqual({ left: '75%', width: '25%' })
  expect(barOf({ begins_after_days: 0, days: 0 }, 0)).toEqual({ left: '0%', width: '1%' })
})
it('says differences with their sign', () => {
  expect([signed(3), signed(-3), signed(0)]).toEqual(['+3', '-3', '0'])
  expect(hundredths(-0.126)).toBe(-13)
})
