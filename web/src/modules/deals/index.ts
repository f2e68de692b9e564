// Deals: proposing one, and walking it to acceptance and evaluation.
import type { RouteRecordRaw } from 'vue-router'

export const deals: RouteRecordRaw[] = [
  {
    path: '/work/deals',
    name: 'deals',
    component: () => import('./DealsPage.vue'),
    meta: { title: 'deals.title', access: 'member', side: true, nav: { group: 'work', order: 4, icon: 'deal' } },
  },
  {
    path: '/work/deals/new',
    name: 'deal-new',
    component: () => import('./ProposePage.vue'),
    meta: { title: 'deals.propose', access: 'organization', side: true },
  },
  {
    path: '/deals/:id/revise',
    name: 'deal-revise',
    component: () => import('./ProposePage.vue'),
    props: true,
    meta: { title: 'deals.revise', access: 'organization', side: true },
  },
  {
    path: '/deals/:id',
    name: 'deal',
    component: () => import('./DealPage.vue'),
    props: true,
    meta: { title: 'deals.one', access: 'member', side: true },
  },
]
