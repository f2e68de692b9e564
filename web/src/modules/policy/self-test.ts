// What somebody said at the form, kept on this machine only, and the node's answers to it: asked again shortly after each change.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { GET, isAborted, POST, take } from '@/api/client'
import type { Failure } from '@/api/failure'
import type { PolicyAnswer, PolicyAnswers, PolicyQuestion, PolicyQuestions } from '@/api/types'
import { dropDraft, keepDraft, keptDraft } from '@/base/drafts'
import { asFailure } from '@/base/load'

export type Said = Record<string, string | number | boolean | string[] | null>

const draft = 'policies'
const waitMs = 350

export function useSelfTest(organization: () => string | undefined) {
  const questions = shallowRef<PolicyQuestions>()
  const answers = shallowRef<PolicyAnswers>()
  const failure = shallowRef<Failure>()
  const loading = ref(false)
  const said = ref<Said>(keptDraft<Said>(draft)?.value ?? {})
  let running: AbortController | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function ask() {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      questions.value ??= await take(GET('/policies/questions', { signal: mine.signal }))
      const result = await take(POST('/policies/answers', { body: { organization: organization(), facts: said.value }, signal: mine.signal }))
      if (mine !== running) return
      answers.value = result
      failure.value = undefined
    } catch (error) {
      if (mine === running && !isAborted(error)) failure.value = asFailure(error)
    } finally {
      if (mine === running) loading.value = false
    }
  }

  function later() {
    keepDraft(draft, said.value, new Date())
    clearTimeout(waiting)
    waiting = setTimeout(() => void ask(), waitMs)
  }

  function forget() {
    said.value = {}
    dropDraft(draft)
    void ask()
  }

  watch(said, later, { deep: true })
  watch(organization, () => void ask(), { immediate: true })
  onScopeDispose(() => {
    clearTimeout(waiting)
    running?.abort()
  })

  const byId = computed(() => new Map<string, PolicyQuestion>(questions.value?.questions.map((question) => [question.id, question])))
  // What was said comes back with the answer, which may be older than what the form holds now: only registers are listened to.
  const known = computed(() => new Map(answers.value?.known.filter((fact) => fact.origin === 'registers').map((fact) => [fact.fact, fact])))
  return { questions, answers, failure, loading, said, byId, known, ask, forget }
}

/** What a question's field shows: what was said, else what a register knows. */
export function shownValue(said: Said, known: ReadonlyMap<string, { value: unknown }>, id: string): unknown {
  return id in said ? said[id] : known.get(id)?.value
}

/** By policy the facts that only it looks at, in the order of its clauses: its card asks for them. The form asks once for all others. */
export function ownFacts(answers: readonly Pick<PolicyAnswer, 'policy' | 'clauses' | 'benefit' | 'ask'>[], questions: ReadonlyMap<string, { core: boolean }>): Map<string, string[]> {
  const looks = answers.map((answer) => new Set([...answer.clauses.flatMap((clause) => clause.have), ...answer.benefit.have].map((fact) => fact.fact).concat(answer.ask)))
  const lookers = new Map<string, number>()
  for (const facts of looks) for (const fact of facts) lookers.set(fact, (lookers.get(fact) ?? 0) + 1)
  const isOwn = (fact: string) => lookers.get(fact) === 1 && questions.get(fact)?.core === false
  return new Map(answers.map((answer, at) => [answer.policy, [...looks[at]!].filter(isOwn)]))
}
