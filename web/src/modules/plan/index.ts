// Plans over the four chains for one need.
import type { RouteRecordRaw } from 'vue-router'

export const plan: RouteRecordRaw[] = [
  {
    path: '/work/needs/:id/plan',
    alias: '/workbench/needs/:id/plan',
    name: 'plan',
    component: () => import('./PlanPage.vue'),
    props: true,
    meta: { title: 'plan.title', access: 'member', side: true },
  },
]
