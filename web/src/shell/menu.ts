// Menus, made from the pages' own data: what is not there for a person is not shown.
import { computed } from 'vue'
import { useRouter, type RouteRecordNormalized } from 'vue-router'
import type { NavGroup } from '@/env.d'
import { me, opens } from '@/session/session'

export function useMenu(group: NavGroup) {
  const router = useRouter()
  return computed(() =>
    router
      .getRoutes()
      .filter((page): page is RouteRecordNormalized => page.meta.nav?.group === group && opens(page.meta.access, me.value))
      .sort((a, b) => a.meta.nav!.order - b.meta.nav!.order),
  )
}
