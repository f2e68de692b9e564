// All pages, from the modules' own lists, and who may open them.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { word } from '@/i18n'
import { knowSession, me, opens, whenSignedOut } from '@/session/session'
import { appraisal } from '@/modules/appraisal'
import { analytics } from '@/modules/analytics'
import { atlas } from '@/modules/atlas'
import { deals } from '@/modules/deals'
import { digests } from '@/modules/digests'
import { evidence } from '@/modules/evidence'
import { feedback } from '@/modules/feedback'
import { fusion } from '@/modules/fusion'
import { identity } from '@/modules/identity'
import { imports } from '@/modules/imports'
import { inbox } from '@/modules/inbox'
import { needs } from '@/modules/needs'
import { node } from '@/modules/node'
import { plan } from '@/modules/plan'
import { policy } from '@/modules/policy'
import { portal } from '@/modules/portal'
import { registers } from '@/modules/registers'
import { steering } from '@/modules/steering'

export const pages: RouteRecordRaw[] = [
  ...portal, ...atlas, ...steering, ...needs, ...plan, ...policy, ...appraisal, ...fusion, ...registers, ...imports, ...deals, ...feedback, ...evidence, ...inbox, ...digests, ...analytics, ...identity, ...node,
  {
    path: '/:rest(.*)*',
    name: 'missing',
    component: () => import('@/shell/MissingPage.vue'),
    meta: { title: 'missing.title', access: 'anyone', side: false },
  },
]

export const router = createRouter({
  history: createWebHistory(),
  routes: pages,
  scrollBehavior: (to, from, kept) => kept ?? (to.hash ? { el: to.hash } : to.path === from.path ? {} : { top: 0 }),
})

router.beforeEach(async (to) => {
  await knowSession()
  if (me.value?.must_set_password && to.name !== 'password') return { name: 'password' }
  if (opens(to.meta.access, me.value)) return true
  if (!me.value) return { name: 'signin', query: { next: to.fullPath } }
  return { name: 'missing', params: { rest: to.path.slice(1).split('/') }, query: to.query }
})

router.afterEach((to) => {
  document.title = `${word(to.meta.title)} · ${word('product.name')}`
})

whenSignedOut(() => {
  const here = router.currentRoute.value
  if (here.name !== 'signin') void router.push({ name: 'signin', query: { next: here.fullPath, expired: '1' } })
})
