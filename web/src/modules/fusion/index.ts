// The fusion index of the four chains by county.
import type { RouteRecordRaw } from 'vue-router'

export const fusion: RouteRecordRaw[] = [
  {
    path: '/fusion',
    name: 'fusion',
    component: () => import('./FusionPage.vue'),
    meta: { title: 'fusion.title', access: 'anyone', side: false, nav: { group: 'portal', order: 4.6, icon: 'chain' } },
  },
]
