// The industry atlas: chains, one chain as a picture and a table, one node.
import type { RouteRecordRaw } from 'vue-router'

export const atlas: RouteRecordRaw[] = [
  {
    path: '/atlas',
    name: 'atlas',
    component: () => import('./ChainsPage.vue'),
    meta: { title: 'atlas.title', access: 'anyone', side: false, nav: { group: 'portal', order: 2.5, icon: 'chain' } },
  },
  {
    path: '/atlas/:chain',
    name: 'chain',
    component: () => import('./ChainPage.vue'),
    props: true,
    meta: { title: 'atlas.title', access: 'anyone', side: false },
  },
  {
    path: '/atlas/nodes/:code',
    name: 'chain-node',
    component: () => import('./NodePage.vue'),
    props: true,
    meta: { title: 'atlas.node', access: 'anyone', side: false },
  },
]
