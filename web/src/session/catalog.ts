// Definitions and names that nearly every page needs: registers, code lists, regions. Each is asked for once a visit.
import { computed, reactive, shallowRef } from 'vue'
import { GET, take } from '@/api/client'
import type { CodeList, Register, Region } from '@/api/types'
import { shortName } from '@/base/regions'
import { isChinese } from '@/i18n'
import { me } from './session'

const registers = shallowRef<Register[]>([])
const regionList = shallowRef<Region[]>([])
const codeLists = reactive(new Map<string, CodeList>())
const regionMap = computed(() => new Map(regionList.value.map((region) => [region.code, region])))
const underway = new Map<string, Promise<unknown>>()

function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const known = underway.get(key)
  if (known) return known as Promise<T>
  const started = load()
  underway.set(key, started)
  started.catch(() => underway.delete(key))
  return started
}

/** Definitions say what the reader may do, so they are kept per person. */
export async function loadRegisters(): Promise<Register[]> {
  return once(`registers ${me.value?.account_id ?? ''}`, async () => {
    registers.value = (await take(GET('/registers'))).items
    return registers.value
  })
}

export async function loadRegister(id: string): Promise<Register | undefined> {
  return (await loadRegisters()).find((register) => register.id === id)
}

export function loadRegions(): Promise<Region[]> {
  return once('regions', async () => {
    regionList.value = (await take(GET('/regions'))).items
    return regionList.value
  })
}

export function loadCodeList(id: string): Promise<CodeList> {
  return once(`codes ${id}`, async () => {
    const list = await take(GET('/code-lists/{id}', { params: { path: { id } } }))
    codeLists.set(id, list)
    return list
  })
}

export const registerOfId = (id: string) => registers.value.find((register) => register.id === id)
export const supplyRegisters = computed(() => registers.value.filter((register) => register.supply_kind))
export const registerOfKind = (kind: string) => registers.value.find((register) => register.supply_kind === kind)
export const regions = computed(() => regionList.value)

/** Names appear as soon as their list is there; until then nothing is shown rather than a code. */
export function regionName(code: string | undefined): string {
  if (!code) return ''
  if (!regionList.value.length) void loadRegions().catch(() => undefined)
  return regionList.value.length ? shortName(code, regionMap.value) : ''
}

export function codeName(list: string | undefined, code: string | undefined): string {
  if (!list || !code) return ''
  const known = codeLists.get(list)
  if (!known) {
    void loadCodeList(list).catch(() => undefined)
    return ''
  }
  const found = known.codes.find((candidate) => candidate.code === code)
  return found ? (isChinese.value ? found.zh : found.en) : code
}

export const segmentName = (code: string | undefined) => codeName('segments', code)
export const codesOf = (list: string) => codeLists.get(list)?.codes ?? []
