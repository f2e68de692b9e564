// Importing a file into a register: dry run, then commit; it can be left and returned to.
import type { RouteRecordRaw } from 'vue-router'

export const imports: RouteRecordRaw[] = [
  {
    path: '/work/registers/:register/import',
    name: 'import-start',
    component: () => import('./ImportStartPage.vue'),
    props: true,
    meta: { title: 'imports.title', access: 'member', side: true },
  },
  {
    path: '/imports/:id',
    name: 'import',
    component: () => import('./ImportPage.vue'),
    props: true,
    meta: { title: 'imports.title', access: 'member', side: true },
  },
]
