// Matches for a need that is still being written: asked for when typing pauses, the former question given up.
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { isAborted, POST, take } from '@/api/client'
import type { Failure } from '@/api/failure'
import type { Matches, PreviewRequest, Register } from '@/api/types'
import { valuesOf, type DraftValues } from '@/base/fields'
import { asFailure } from '@/base/load'

const pauseMs = 500
const textMin = 6
const limit = 8

/** What the engine is asked, from the form's fields by their roles; nothing while there is too little text. */
export function questionOf(register: Register, drafts: DraftValues): PreviewRequest | undefined {
  const { values } = valuesOf(register.fields, drafts)
  const byRole = (role: string) => values[register.fields.find((field) => field.role === role)?.id ?? '']
  const textOf = (role: string) => (typeof byRole(role) === 'string' ? String(byRole(role)) : undefined)
  const text = textOf('text') ?? ''
  if (text.length < textMin) return undefined
  const question: PreviewRequest = { title: textOf('title') ?? '', text, limit }
  const amount = byRole('amount')
  if (typeof amount === 'number') question.budget_fen = amount
  for (const role of ['segment', 'region', 'stage', 'deadline'] as const) {
    const value = textOf(role)
    if (value) question[role] = value
  }
  return question
}

export function usePreview(register: () => Register | undefined, drafts: () => DraftValues) {
  const matches = shallowRef<Matches>()
  const failure = shallowRef<Failure>()
  const asking = ref(false)
  let timer: number | undefined
  let running: AbortController | undefined

  async function ask(question: PreviewRequest) {
    running?.abort()
    const mine = (running = new AbortController())
    asking.value = true
    try {
      matches.value = await take(POST('/matches/preview', { body: question, signal: mine.signal }))
      failure.value = undefined
    } catch (error) {
      if (!isAborted(error)) failure.value = asFailure(error)
    } finally {
      if (mine === running) asking.value = false
    }
  }
  watch(
    () => JSON.stringify(register() ? questionOf(register()!, drafts()) : undefined),
    (question) => {
      window.clearTimeout(timer)
      if (!question) {
        running?.abort()
        matches.value = undefined
        return
      }
      timer = window.setTimeout(() => void ask(JSON.parse(question) as PreviewRequest), pauseMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    window.clearTimeout(timer)
    running?.abort()
  })
  return { matches, failure, asking }
}
