// The portal: what anyone may read, without an account.
import type { RouteRecordRaw } from 'vue-router'

export const portal: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: () => import('./HomePage.vue'),
    meta: { title: 'home.title', access: 'anyone', side: false },
  },
  {
    path: '/needs',
    name: 'needs',
    component: () => import('./NeedsPage.vue'),
    meta: { title: 'needs.hall', access: 'anyone', side: false, nav: { group: 'portal', order: 1, icon: 'need' } },
  },
  {
    path: '/supplies',
    name: 'supplies',
    component: () => import('./SuppliesPage.vue'),
    meta: { title: 'supplies.hall', access: 'anyone', side: false, nav: { group: 'portal', order: 2, icon: 'supply' } },
  },
  {
    path: '/search',
    name: 'search',
    component: () => import('./SearchPage.vue'),
    meta: { title: 'search.title', access: 'anyone', side: false },
  },
  {
    path: '/entries/:register/:id',
    name: 'entry',
    component: () => import('./EntryPage.vue'),
    props: true,
    meta: { title: 'entry.title', access: 'anyone', side: false },
  },
]
