import { expect, test } from 'vitest'
import { i18n } from '@/i18n'
import chinese from '@/locales/zh-CN.json'
import { points, rankText, scoreText, yearsOf } from './score'

i18n.global.setLocaleMessage('zh-CN', chinese as never)

test('a score with everything known is one number, a range otherwise', () => {
  expect(scoreText({ low: 62.5, high: 62.5 })).toBe('62.5')
  expect(scoreText({ low: 63, high: 93 })).toBe('63 至 93')
  expect(rankText({ rank_best: 2, rank_worst: 2 })).toBe('2')
  expect(rankText({ rank_best: 1, rank_worst: 3 })).toBe('1 至 3')
  expect(points(33.333)).toBe('33.33')
})

test('years run from the newest back to the first', () => {
  const scheme = { first_year: 2024 } as Parameters<typeof yearsOf>[0]
  expect(yearsOf(scheme, 2026)).toEqual([2026, 2025, 2024])
  expect(yearsOf({ ...scheme, last_year: 2025 }, 2026)).toEqual([2025, 2024])
  expect(yearsOf(scheme, 2023)).toEqual([])
})
