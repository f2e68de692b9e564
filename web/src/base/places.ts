// Where in the app a thing is shown.
import type { RouteLocationRaw } from 'vue-router'

type EntryRef = { register: string; id: string }

/** Needs have a page of their own; every other entry is shown by its register's definition. */
export function entryPlace(entry: EntryRef): RouteLocationRaw {
  if (entry.register === 'needs') return { name: 'need', params: { id: entry.id } }
  return { name: 'entry', params: { register: entry.register, id: entry.id } }
}

export function editPlace(entry: EntryRef): RouteLocationRaw {
  if (entry.register === 'needs') return { name: 'need-edit', params: { id: entry.id } }
  return { name: 'entry-edit', params: { register: entry.register, id: entry.id } }
}

/** Things that name themselves by their id alone; others come with an address of the app. */
export function subjectPlace(id: string, address?: string): RouteLocationRaw | undefined {
  if (id.startsWith('need_')) return { name: 'need', params: { id } }
  if (id.startsWith('deal_')) return { name: 'deal', params: { id } }
  if (id.startsWith('imp_')) return { name: 'import', params: { id } }
  return address?.startsWith('/') && !address.startsWith('//') ? address : undefined
}
