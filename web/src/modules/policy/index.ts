// Policies: the self-test for anyone, lists and trials for departments.
import type { RouteRecordRaw } from 'vue-router'

export const policy: RouteRecordRaw[] = [
  {
    path: '/policies',
    name: 'policies',
    component: () => import('./SelfTestPage.vue'),
    meta: { title: 'policy.title', access: 'anyone', side: false, nav: { group: 'portal', order: 2.8, icon: 'seal' } },
  },
  {
    path: '/work/policies',
    name: 'entitled',
    component: () => import('./EntitledPage.vue'),
    meta: { title: 'policy.entitled.title', access: ['department', 'administrator', 'auditor'], side: true, nav: { group: 'manage', order: 2.5, icon: 'seal' } },
  },
]
