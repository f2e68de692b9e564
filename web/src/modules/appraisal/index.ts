// 分类评价 of platforms: the table of a year for departments, one platform explained for departments and its host.
import type { RouteRecordRaw } from 'vue-router'

export const appraisal: RouteRecordRaw[] = [
  {
    path: '/work/appraisal',
    name: 'appraisal',
    component: () => import('./AppraisalPage.vue'),
    meta: { title: 'appraisal.title', access: ['department', 'administrator', 'auditor'], side: true, nav: { group: 'manage', order: 2.6, icon: 'star' } },
  },
  {
    path: '/work/appraisal/platforms/:platform',
    name: 'appraisal-platform',
    component: () => import('./PlatformPage.vue'),
    props: true,
    meta: { title: 'appraisal.platformTitle', access: ['department', 'administrator', 'auditor', 'provider', 'enterprise'], side: true },
  },
]
