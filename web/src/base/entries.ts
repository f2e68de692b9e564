// The list of a register's entries as the URL asks for it.
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { GET, take } from '@/api/client'
import type { EntryQuery } from '@/api/paths'
import { useLoad } from './load'

const pageSize = 50
const filterNames = ['q', 'state', 'region', 'segment', 'owner'] as const

export function useEntryList(register: () => string | undefined, fixed: () => EntryQuery = () => ({})) {
  const route = useRoute()
  const text = (name: string) => (typeof route.query[name] === 'string' && route.query[name] ? String(route.query[name]) : undefined)

  const filters = computed(() => {
    const query = Object.fromEntries(filterNames.filter(text).map((name) => [name, text(name)]))
    return { ...(query as EntryQuery), ...fixed() }
  })
  const sort = computed<'updated' | 'title'>(() => (text('sort') === 'title' ? 'title' : 'updated'))
  const cursor = computed(() => text('cursor'))

  const list = useLoad(
    async (signal) => {
      const id = register()
      if (!id) return { items: [], total: 0 }
      const query = { ...filters.value, sort: sort.value, cursor: cursor.value, limit: pageSize }
      return take(GET('/registers/{register}/entries', { params: { path: { register: id }, query }, signal }))
    },
    [() => JSON.stringify([register(), filters.value, sort.value, cursor.value])],
  )
  const filtered = computed(() => filterNames.some((name) => text(name)))
  return { ...list, filters, sort, filtered }
}
