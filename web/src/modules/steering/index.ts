// Steering: indicators (public ones for everybody), reports, tasks, plans, reviews, the leader's cockpit.
import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/api/types'

const inside: Role[] = ['department', 'administrator', 'auditor']
const reporting: Role[] = ['department', 'administrator']

export const steering: RouteRecordRaw[] = [
  {
    path: '/indicators', name: 'public-indicators', component: () => import('./IndicatorsPage.vue'), props: { inside: false },
    meta: { title: 'steering.publicTitle', access: 'anyone', side: false, nav: { group: 'portal', order: 4.5, icon: 'target' } },
  },
  {
    path: '/indicators/:id', name: 'indicator', component: () => import('./IndicatorPage.vue'), props: true,
    meta: { title: 'steering.indicator', access: 'anyone', side: false },
  },
  {
    path: '/cockpit', name: 'cockpit', component: () => import('./CockpitPage.vue'),
    meta: { title: 'steering.cockpit', access: inside, side: true, nav: { group: 'work', order: 1.1, icon: 'target' } },
  },
  {
    path: '/steering/indicators', name: 'indicators', component: () => import('./IndicatorsPage.vue'), props: { inside: true },
    meta: { title: 'steering.indicators', access: inside, side: true, nav: { group: 'work', order: 1.2, icon: 'list' } },
  },
  {
    path: '/steering/indicators/new', name: 'indicator-new', component: () => import('./IndicatorEditPage.vue'),
    meta: { title: 'steering.define.new', access: reporting, side: true },
  },
  {
    path: '/steering/indicators/:id/edit', name: 'indicator-edit', component: () => import('./IndicatorEditPage.vue'), props: true,
    meta: { title: 'steering.define.change', access: reporting, side: true },
  },
  {
    path: '/steering/units', name: 'steering-units', component: () => import('./UnitsPage.vue'),
    meta: { title: 'steering.units.title', access: reporting, side: true },
  },
  {
    path: '/steering/reports', name: 'reports', component: () => import('./ReportsPage.vue'),
    meta: { title: 'steering.reports', access: reporting, side: true, nav: { group: 'work', order: 1.3, icon: 'edit' } },
  },
  {
    path: '/steering/tasks', name: 'tasks', component: () => import('./TasksPage.vue'),
    meta: { title: 'steering.tasks', access: inside, side: true, nav: { group: 'work', order: 1.4, icon: 'check' } },
  },
  {
    path: '/steering/tasks/:id', name: 'task', component: () => import('./TaskPage.vue'), props: true,
    meta: { title: 'steering.task', access: inside, side: true },
  },
  {
    path: '/steering/units/:name', name: 'unit', component: () => import('./UnitPage.vue'), props: true,
    meta: { title: 'steering.department', access: inside, side: true },
  },
  {
    path: '/steering/reviews', name: 'reviews', component: () => import('./ReviewsPage.vue'),
    meta: { title: 'steering.reviews', access: inside, side: true, nav: { group: 'work', order: 1.5, icon: 'clock' } },
  },
  {
    path: '/steering/reviews/:id', name: 'review', component: () => import('./ReviewPage.vue'), props: true,
    meta: { title: 'steering.review', access: inside, side: true },
  },
  {
    path: '/steering/plans', name: 'plans', component: () => import('./PlansPage.vue'),
    meta: { title: 'steering.plans', access: inside, side: true, nav: { group: 'work', order: 1.6, icon: 'log' } },
  },
  {
    path: '/steering/plans/read', name: 'plan-read', component: () => import('./PlanReadPage.vue'),
    meta: { title: 'steering.readPlan', access: reporting, side: true },
  },
  {
    path: '/steering/plans/:id', name: 'plan-text', component: () => import('./PlanTextPage.vue'), props: true,
    meta: { title: 'steering.plan', access: inside, side: true },
  },
]
