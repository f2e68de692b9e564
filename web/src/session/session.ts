// Who is signed in. The node keeps the session in a cookie that scripts cannot see; a mark in storage says whether asking
// is worth a request, so that visitors without an account cause none.
import { computed, shallowRef } from 'vue'
import { DELETE, GET, POST, take, whenUnauthenticated } from '@/api/client'
import { Failure } from '@/api/failure'
import type { Me, Role } from '@/api/types'
import { theme, useTheme } from '@/base/theme'
import { chosenLanguage, useLanguage } from '@/i18n'

export type Access = 'anyone' | 'member' | 'organization' | Role[]

const mark = 'jingwei.signed-in'
export const me = shallowRef<Me>()
export const signedIn = computed(() => me.value !== undefined)
let asked = false
let leave = () => {}

export function whenSignedOut(listener: () => void) {
  leave = listener
}

whenUnauthenticated(() => {
  if (!me.value) return
  forget()
  leave()
})

function marked(): boolean {
  try {
    return localStorage.getItem(mark) === '1'
  } catch {
    return false
  }
}

async function remember(value: Me) {
  me.value = value
  try {
    localStorage.setItem(mark, '1')
  } catch {
    // Then the next visit starts signed out on this page only.
  }
  if (!chosenLanguage()) await useLanguage(value.language === 'en' ? 'en' : 'zh-CN', false)
}

function forget() {
  me.value = undefined
  try {
    localStorage.removeItem(mark)
  } catch {
    // Nothing was kept then.
  }
}

/** Asks the node once per visit. A refusal means: not signed in. */
export async function knowSession() {
  if (asked) return
  asked = true
  if (!marked()) return
  try {
    await remember(await take(GET('/me')))
  } catch (error) {
    // Only the node's own word ends a session: a broken connection or a page that is being left says nothing.
    if (error instanceof Failure && error.code === 'unauthenticated') forget()
    else asked = false
  }
}

export async function signIn(login: string, password: string) {
  await remember(await take(POST('/session', { body: { login, password } })))
}

export async function signInByLink(token: string) {
  await remember(await take(POST('/session/link', { body: { token } })))
}

export async function signOut() {
  const chosen = { language: chosenLanguage(), theme: theme.value }
  await take(DELETE('/session'))
  forget()
  // The node has the browser drop what it kept for this person; how the page looks is not personal.
  if (chosen.language) await useLanguage(chosen.language, true)
  useTheme(chosen.theme)
}

export async function refreshMe() {
  me.value = await take(GET('/me'))
}

/** Whether a page or a menu entry is for this person. What may be done is decided by the node, act by act. */
export function opens(access: Access, person: Me | undefined): boolean {
  if (access === 'anyone') return true
  if (!person) return false
  if (access === 'member') return true
  if (access === 'organization') return person.organization !== undefined
  return access.some((role) => person.roles.includes(role))
}
