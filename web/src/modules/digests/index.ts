// What rounds of matching tell: digests for each organization, rounds and exposure for those who run and oversee them.
import type { RouteRecordRaw } from 'vue-router'

export const digests: RouteRecordRaw[] = [
  {
    path: '/digests',
    name: 'digests',
    component: () => import('./DigestsPage.vue'),
    meta: { title: 'digest.title', access: ['enterprise', 'provider', 'financier'], side: true, nav: { group: 'work', order: 1.5, icon: 'link' } },
  },
  {
    path: '/digests/:id',
    name: 'digest',
    component: () => import('./DigestPage.vue'),
    props: true,
    meta: { title: 'digest.one', access: 'member', side: true },
  },
  {
    path: '/admin/exposure',
    name: 'exposure',
    component: () => import('./ExposurePage.vue'),
    meta: { title: 'exposure.title', access: ['department', 'administrator', 'auditor'], side: true, nav: { group: 'manage', order: 1.4, icon: 'sort' } },
  },
  {
    path: '/admin/rounds',
    name: 'rounds',
    component: () => import('./RoundsPage.vue'),
    meta: { title: 'rounds.title', access: ['department', 'administrator', 'auditor'], side: true, nav: { group: 'manage', order: 1.5, icon: 'clock' } },
  },
]
