// Checking evidence: a receipt, and the state of the node's log.
import type { RouteRecordRaw } from 'vue-router'

export const evidence: RouteRecordRaw[] = [
  {
    path: '/verify',
    name: 'verify',
    component: () => import('./VerifyPage.vue'),
    meta: { title: 'verify.title', access: 'anyone', side: false, nav: { group: 'portal', order: 3, icon: 'seal' } },
  },
  {
    path: '/evidence/log',
    name: 'log',
    component: () => import('./LogPage.vue'),
    meta: { title: 'log.title', access: 'anyone', side: false },
  },
]
