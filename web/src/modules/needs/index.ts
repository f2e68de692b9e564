// An enterprise's needs: its list, writing one with matches beside it, one need with its matches.
import type { RouteRecordRaw } from 'vue-router'

export const needs: RouteRecordRaw[] = [
  {
    path: '/work/needs',
    name: 'my-needs',
    component: () => import('./MyNeedsPage.vue'),
    meta: { title: 'needs.mine', access: ['enterprise'], side: true, nav: { group: 'work', order: 2, icon: 'need' } },
  },
  {
    path: '/work/needs/new',
    name: 'need-new',
    component: () => import('./WriteNeedPage.vue'),
    meta: { title: 'needs.write', access: 'member', side: true },
  },
  {
    path: '/work/needs/:id/edit',
    name: 'need-edit',
    component: () => import('./WriteNeedPage.vue'),
    props: true,
    meta: { title: 'needs.edit', access: 'member', side: true },
  },
  {
    path: '/needs/:id',
    name: 'need',
    component: () => import('./NeedPage.vue'),
    props: true,
    meta: { title: 'needs.one', access: 'anyone', side: false },
  },
]
