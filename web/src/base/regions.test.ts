import { describe, expect, it } from 'vitest'
import type { Region } from '@/api/types'
import { groupsOf, shortName } from './regions'

const list: Region[] = [
  { code: '310000', name: '上海市', full_name: '上海市', parent: '' },
  { code: '310115', name: '浦东新区', full_name: '上海市浦东新区', parent: '310000' },
  { code: '330000', name: '浙江省', full_name: '浙江省', parent: '' },
  { code: '330400', name: '嘉兴市', full_name: '浙江省嘉兴市', parent: '330000' },
  { code: '330402', name: '南湖区', full_name: '浙江省嘉兴市南湖区', parent: '330400' },
]
const byCode = new Map(list.map((region) => [region.code, region]))

describe('the name of a division', () => {
  it.each([
    ['330402', '嘉兴市南湖区'],
    ['330400', '嘉兴市'],
    ['330000', '浙江省'],
    ['310115', '上海市浦东新区'],
    ['310000', '上海市'],
    ['999999', '999999'],
  ])('%s is %s', (code, name) => expect(shortName(code, byCode)).toBe(name))
})

it('groups counties under their city, districts under their municipality', () => {
  expect(groupsOf(list).map((group) => [group.name, group.regions.map((region) => region.code)])).toEqual([
    ['上海市', ['310000', '310115']],
    ['浙江省', ['330000']],
    ['浙江省嘉兴市', ['330400', '330402']],
  ])
})
