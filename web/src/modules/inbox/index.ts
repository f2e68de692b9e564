// What waits for the signed-in person.
import type { RouteRecordRaw } from 'vue-router'

export const inbox: RouteRecordRaw[] = [
  {
    path: '/inbox',
    name: 'inbox',
    component: () => import('./InboxPage.vue'),
    meta: { title: 'inbox.title', access: 'member', side: true, nav: { group: 'work', order: 1, icon: 'inbox' } },
  },
]
