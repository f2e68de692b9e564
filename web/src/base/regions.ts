// Divisions nest by code: 330000 ⊃ 330400 ⊃ 330402.
import type { Region } from '@/api/types'

/** "嘉兴市南湖区" for a county, "嘉兴市" for a city, "浙江省" for a province; the code where it is not known. */
export function shortName(code: string, byCode: ReadonlyMap<string, Region>): string {
  const region = byCode.get(code)
  if (!region) return code
  const parent = region.parent ? byCode.get(region.parent) : undefined
  return parent?.parent || (parent && !code.endsWith('00')) ? `${parent!.name}${region.name}` : region.name
}

export type RegionGroup = { code: string; name: string; regions: Region[] }

/** Cities with their counties (a municipality with its districts), in the order of the list: what a picker shows. */
export function groupsOf(regions: Region[]): RegionGroup[] {
  const groups = new Map<string, RegionGroup>()
  const provinces = new Set(regions.filter((region) => !region.parent).map((region) => region.code))
  const headOf = (region: Region) =>
    !region.parent || (provinces.has(region.parent) && region.code.endsWith('00')) ? region.code : region.parent
  for (const region of regions) {
    const head = headOf(region)
    const known = groups.get(head)
    if (known) known.regions.push(region)
    else groups.set(head, { code: head, name: region.full_name, regions: [region] })
  }
  return [...groups.values()]
}
