import { expect, test } from 'vitest'
import { remThatFits } from './onePage'

const page = { widthMm: 281, heightMm: 254, remPx: 9, remLeastPx: 6.5 } // 960 px

test('what fits stays as it is', () => {
  expect(remThatFits(page, (rem) => rem * 100)).toBe(9)
})
test('what is too long shrinks no more than it must', () => {
  expect(remThatFits(page, (rem) => rem * 120)).toBe(8)
})
test('what cannot fit has the least size', () => {
  const tried: number[] = []
  expect(remThatFits(page, (rem) => (tried.push(rem), 5000))).toBe(6.5)
  expect(tried.at(-1)).toBeGreaterThan(6.5)
})
