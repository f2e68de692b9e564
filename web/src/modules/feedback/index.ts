// What owners of needs said of one's own supplies.
import type { RouteRecordRaw } from 'vue-router'

export const feedback: RouteRecordRaw[] = [
  {
    path: '/feedback',
    name: 'feedback',
    component: () => import('./ReceivedPage.vue'),
    meta: {
      title: 'feedback.received', access: ['enterprise', 'provider', 'financier', 'department', 'administrator'], side: true,
      nav: { group: 'work', order: 3.5, icon: 'star' },
    },
  },
]
