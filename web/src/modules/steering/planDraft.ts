// A plan that is being confirmed, kept on the node while it is corrected: found again in any browser of the same account.
import { ref, shallowRef } from 'vue'
import { DELETE, ifMatch, POST, PUT, take } from '@/api/client'
import type { Failure } from '@/api/failure'
import type { PlanDraftWrite } from '@/api/types'
import { asFailure } from '@/base/load'

export const pauseMs = 1500 // after the last change, before it is saved

export function usePlanDraft(content: () => PlanDraftWrite | undefined) {
  const id = ref<string>()
  const savedAt = ref<string>()
  const failure = shallowRef<Failure>()
  let version = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()

  async function write() {
    const body = content()
    if (!body || failure.value?.code === 'version_mismatch') return
    try {
      const note = id.value
        ? await take(PUT('/plans/drafts/{id}', { params: { path: { id: id.value } }, body, headers: ifMatch(version) }))
        : await take(POST('/plans/drafts', { body }))
      id.value = note.id
      version = note.version
      savedAt.value = note.updated_at
      failure.value = undefined
    } catch (error) {
      failure.value = asFailure(error)
    }
  }

  /** Saves soon; one save at a time, the newest content each time. */
  function changed() {
    clearTimeout(timer)
    timer = setTimeout(() => void saveNow(), pauseMs)
  }
  function saveNow() {
    clearTimeout(timer)
    timer = undefined
    return (saving = saving.then(write))
  }
  /** What is not saved yet is saved before the page goes. */
  function leave() {
    if (timer !== undefined) void saveNow()
  }
  function opened(draft: { id: string; version: number; updated_at: string }) {
    id.value = draft.id
    version = draft.version
    savedAt.value = draft.updated_at
    failure.value = undefined
  }
  async function discard() {
    clearTimeout(timer)
    timer = undefined
    await saving
    if (id.value) await take(DELETE('/plans/drafts/{id}', { params: { path: { id: id.value } }, headers: ifMatch(version) }))
    forget()
  }
  function forget() {
    clearTimeout(timer)
    timer = undefined
    id.value = savedAt.value = failure.value = undefined
    version = 0
  }
  return { id, savedAt, failure, changed, saveNow, leave, opened, discard, forget, settled: () => saving }
}
