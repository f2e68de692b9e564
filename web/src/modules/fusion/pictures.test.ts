import { describe, expect, it } from 'vitest'
import type { FusionPlace, FusionView } from '@/api/types'
import { comparedOf, isWhole, placesOf } from './pictures'

const place = (county: string, year: number, rank?: number) =>
  ({ county, year, rank, d: rank && 1 / rank, levels: [0.4, 0.3, 0.2, rank && 0.1].map((u) => ({ u })) }) as unknown as FusionPlace
const places = placesOf({ places: [place('a', 2024, 3), place('b', 2024), place('c', 2024, 1), place('d', 2024, 2), place('c', 2023, 1)] } as unknown as FusionView, 2024)

describe('counties of the pictures', () => {
  it('stand by rank, those without an index last', () => expect(places.map((one) => one.county)).toEqual(['c', 'd', 'a', 'b']))
  for (const [what, county, expected] of [
    ['the highest and the lowest, when none is chosen', undefined, 'c a'],
    ['a chosen county before the highest', 'd', 'd c'],
    ['the highest alone, when it is chosen', 'c', 'c'],
    ['a chosen county without an index before the highest', 'b', 'b c'],
    ['the highest and the lowest, when the address names no county of this year', 'x', 'c a'],
  ] as const)
    it(`the radar compares ${what}`, () => expect(comparedOf(places, county).map((one) => one.county).join(' ')).toBe(expected))
  it('nothing is compared without an index', () => expect(comparedOf([place('b', 2024)], undefined)).toEqual([]))
  it('a county that lacks a chain is not drawn', () => expect(places.map(isWhole)).toEqual([true, true, true, false]))
})
