// The registers: every list by its definition, for those who keep them.
import type { RouteRecordRaw } from 'vue-router'

export const registers: RouteRecordRaw[] = [
  {
    path: '/work/supplies',
    name: 'my-supplies',
    component: () => import('./MySuppliesPage.vue'),
    meta: {
      title: 'supplies.mine', access: ['enterprise', 'provider', 'financier'], side: true,
      nav: { group: 'work', order: 3, icon: 'supply' },
    },
  },
  {
    path: '/work/organization',
    name: 'organization',
    component: () => import('./OrganizationPage.vue'),
    meta: { title: 'organization.title', access: 'organization', side: true, nav: { group: 'work', order: 6, icon: 'building' } },
  },
  {
    path: '/work/registers',
    name: 'registers',
    component: () => import('./RegistersPage.vue'),
    meta: { title: 'registers.title', access: 'member', side: true, nav: { group: 'work', order: 5, icon: 'list' } },
  },
  {
    path: '/work/registers/:register',
    name: 'register',
    component: () => import('./RegisterPage.vue'),
    props: true,
    meta: { title: 'registers.one', access: 'member', side: true },
  },
  {
    path: '/work/registers/:register/new',
    name: 'entry-new',
    component: () => import('./EditEntryPage.vue'),
    props: true,
    meta: { title: 'entry.new', access: 'member', side: true },
  },
  {
    path: '/work/registers/:register/:id/edit',
    name: 'entry-edit',
    component: () => import('./EditEntryPage.vue'),
    props: true,
    meta: { title: 'entry.edit', access: 'member', side: true },
  },
]
