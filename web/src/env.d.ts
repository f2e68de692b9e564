/// <reference types="vite/client" />
import 'vue-router'
import type { Access } from './session/session'

export type NavGroup = 'portal' | 'work' | 'manage'

declare module 'vue-router' {
  interface RouteMeta {
    /** Locale key of the page's title. */
    title: string
    access: Access
    /** The portal has no side menu; everything else has. */
    side: boolean
    /** An entry in a menu. */
    nav?: { group: NavGroup; order: number; icon: string }
  }
}
