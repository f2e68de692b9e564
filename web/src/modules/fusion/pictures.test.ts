import { describe, expect, it } from 'vitest'
import type { FusionPlace, FusionView } from '@/api/types'
import { comparedOf, isWhole, placesOf } from './pictures'

const place = (county: string, year: number, rank?: number) =>
  ({ county, year, rank, d: rank && 1 / rank, levels: [0.4, 0.3, 0.2, rank && 0.1].map((u) => ({ u })) }) as unknown as FusionPlace
const view = {
  places: [place('a', 2024, 3), place('b', 2024), place('c', 2024, 1), place('d', 2024, 2), place('c', 2023, 1)],
  compared: [{ year: 2023, county: '', counties: ['c'] }, { year: 2024, county: '', counties: ['c', 'a'] }, { year: 2024, county: 'd', counties: ['d', 'c'] }],
} as unknown as FusionView
const places = placesOf(view, 2024)

describe('counties of the pictures', () => {
  it('stand by rank, those without an index last', () => expect(places.map((one) => one.county)).toEqual(['c', 'd', 'a', 'b']))
  for (const [what, year, county, expected] of [
    ['what the node says, when none is chosen', 2024, undefined, 'c a'],
    ['what the node says of a chosen county', 2024, 'd', 'd c'],
    ['as when none is chosen, when the address names no county of this year', 2024, 'x', 'c a'],
    ['figures of its own year', 2023, undefined, 'c'],
    ['nothing in a year without figures', 2022, undefined, ''],
  ] as const)
    it(`the radar compares ${what}`, () => {
      const compared = comparedOf(view, year, county)
      expect(compared.map((one) => one.county).join(' ')).toBe(expected)
      expect(compared.every((one) => one.year === year)).toBe(true)
    })
  it('a county that lacks a chain is not drawn', () => expect(places.map(isWhole)).toEqual([true, true, true, false]))
})
