// The node itself, for its administrator and auditors.
import type { RouteRecordRaw } from 'vue-router'

export const node: RouteRecordRaw[] = [
  {
    path: '/admin/node',
    name: 'node',
    component: () => import('./NodePage.vue'),
    meta: { title: 'node.title', access: ['administrator', 'auditor'], side: true, nav: { group: 'manage', order: 2, icon: 'node' } },
  },
]
