// An entry being written: its values, the copy kept on this machine, the problems, saving as draft or publishing.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { GET, ifMatch, POST, PUT, take } from '@/api/client'
import { problemsByField } from '@/api/failure'
import type { Entry, InputProblem, NamedId, Register } from '@/api/types'
import { dropDraft, keepDraft, keptDraft } from '@/base/drafts'
import { draftsOf, valuesOf, type DraftValues } from '@/base/fields'
import { asFailure, useAct } from '@/base/load'
import type { Failure } from '@/api/failure'
import { loadRegister } from '@/session/catalog'
import { me } from '@/session/session'

const keepAfterMs = 400
const chooseOwner = ['department', 'administrator'] as const

export function useEntryDraft(registerId: string, entryId: string | undefined) {
  const { t } = useI18n()
  const register = shallowRef<Register>()
  const entry = shallowRef<Entry>()
  const values = ref<DraftValues>({})
  const loadFailure = shallowRef<Failure>()
  const restoredFrom = ref<string>()
  const keptAt = ref<Date>()
  const unreadable = ref<string[]>([])
  const { busy, failure, run } = useAct()
  const key = `${me.value?.account_id ?? ''}.${registerId}.${entryId ?? 'new'}`
  /** As loaded: what differs from it is the person's own. */
  let untouched: DraftValues = {}
  let timer: number | undefined

  const both = (locale: string) => ({ zh: t(locale), en: t(locale) })
  const notANumber = (field: string): InputProblem => ({ field, reason: both('form.unreadable'), remedy: both('form.unreadableRemedy') })
  const ownerLocked = computed(() => Boolean(me.value?.organization) && !chooseOwner.some((role) => me.value?.roles.includes(role)))
  const owner = computed<NamedId | undefined>(() => entry.value?.owner ?? me.value?.organization)
  const problems = computed(() => {
    const all = problemsByField(failure.value?.problems ?? [])
    for (const id of unreadable.value) all[id] = [...(all[id] ?? []), notANumber(id)]
    return all
  })
  /** Problems that no field of the form can show. */
  const otherProblems = computed(() => {
    const ids = new Set(register.value?.fields.map((field) => field.id))
    return (failure.value?.problems ?? []).filter((problem) => Object.keys(problemsByField([problem])).some((id) => !ids.has(id)))
  })

  async function load(discard = false) {
    try {
      register.value = await loadRegister(registerId)
      if (!register.value) return
      if (entryId) entry.value = await take(GET('/registers/{register}/entries/{id}', { params: { path: { register: registerId, id: entryId } } }))
      const start = draftsOf(register.value.fields, entry.value?.fields ?? {})
      for (const field of register.value.fields) if (field.role === 'owner' && !start[field.id]) start[field.id] = owner.value?.id ?? ''
      untouched = JSON.parse(JSON.stringify(start)) as DraftValues
      const kept = discard ? undefined : keptDraft<DraftValues>(key)
      values.value = kept ? { ...start, ...kept.value } : start
      restoredFrom.value = kept && Object.keys(touched()).length ? kept.at : undefined
    } catch (error) {
      loadFailure.value = asFailure(error)
    }
  }
  /** Only what the person changed is kept, so that on a newer version of the entry it does not undo what others wrote. */
  const touched = () => Object.fromEntries(Object.entries(values.value).filter(([id, value]) => JSON.stringify(value) !== JSON.stringify(untouched[id])))
  function keep() {
    window.clearTimeout(timer)
    timer = undefined
    const own = touched()
    if (!Object.keys(own).length) return
    keptAt.value = new Date()
    keepDraft(key, own, keptAt.value)
  }
  const keepNow = () => {
    if (timer !== undefined) keep()
  }
  function discard() {
    dropDraft(key)
    keptAt.value = undefined
    return load(true)
  }
  watch(values, () => {
    if (timer === undefined) timer = window.setTimeout(keep, keepAfterMs)
  }, { deep: true })
  window.addEventListener('pagehide', keepNow)
  onScopeDispose(() => {
    keepNow()
    window.removeEventListener('pagehide', keepNow)
  })

  /** Saves; undefined when it was refused, with the problems beside the fields. */
  async function save(publish: boolean): Promise<Entry | undefined> {
    const conversion = valuesOf(register.value!.fields, values.value)
    unreadable.value = conversion.unreadable
    failure.value = undefined
    if (conversion.unreadable.length) return undefined
    const saved = await run(() => send(conversion.values, publish))
    if (!saved) return undefined
    window.clearTimeout(timer)
    timer = undefined
    untouched = JSON.parse(JSON.stringify(values.value)) as DraftValues
    dropDraft(key)
    return saved
  }
  async function send(fields: Entry['fields'], publish: boolean): Promise<Entry> {
    const path = { register: registerId, id: entryId ?? '' }
    if (!entry.value) return take(POST('/registers/{register}/entries', { params: { path }, body: { fields, publish } }))
    const saved = await take(PUT('/registers/{register}/entries/{id}', { params: { path, header: ifMatch(entry.value.version) }, body: { fields } }))
    entry.value = saved
    if (!publish || !saved.acts.includes('publish')) return saved
    return take(POST('/registers/{register}/entries/{id}/publish', { params: { path } }))
  }

  void load()
  return { register, entry, values, problems, otherProblems, owner, ownerLocked, loadFailure, failure, busy, restoredFrom, keptAt, save, discard }
}
