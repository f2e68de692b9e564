// SQL for analysts: tables, editor, result, chart, saved queries.
import type { RouteRecordRaw } from 'vue-router'

export const analytics: RouteRecordRaw[] = [
  {
    path: '/queries',
    name: 'queries',
    component: () => import('./QueryPage.vue'),
    meta: {
      title: 'queries.title', access: ['department', 'administrator', 'auditor', 'financier'], side: true,
      nav: { group: 'manage', order: 1.6, icon: 'search' },
    },
  },
]
