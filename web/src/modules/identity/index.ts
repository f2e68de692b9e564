// Signing in, one's own account, and the administrator's list of accounts.
import type { RouteRecordRaw } from 'vue-router'

export const identity: RouteRecordRaw[] = [
  {
    path: '/signin',
    name: 'signin',
    component: () => import('./SignInPage.vue'),
    meta: { title: 'signin.title', access: 'anyone', side: false },
  },
  {
    path: '/password',
    name: 'password',
    component: () => import('./PasswordPage.vue'),
    meta: { title: 'password.title', access: 'member', side: false },
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('./AccountPage.vue'),
    meta: { title: 'account.title', access: 'member', side: true, nav: { group: 'work', order: 9, icon: 'person' } },
  },
  {
    path: '/admin/accounts',
    name: 'accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { title: 'accounts.title', access: ['administrator'], side: true, nav: { group: 'manage', order: 1, icon: 'people' } },
  },
]
