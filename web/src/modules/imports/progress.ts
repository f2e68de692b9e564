// The state of an import as it moves: told by the node's events, asked for where events do not get through.
import { computed, onScopeDispose, shallowRef } from 'vue'
import { GET, links, POST, take } from '@/api/client'
import type { Failure } from '@/api/failure'
import type { Import } from '@/api/types'
import { asFailure } from '@/base/load'

const askEveryMs = 800

export function useImport(id: string) {
  const data = shallowRef<Import>()
  const failure = shallowRef<Failure>()
  let events: EventSource | undefined
  let timer: number | undefined

  const moving = computed(() => data.value?.state === 'committing')

  function stop() {
    events?.close()
    events = undefined
    window.clearTimeout(timer)
  }
  async function ask() {
    try {
      data.value = await take(GET('/imports/{id}', { params: { path: { id } } }))
      failure.value = undefined
      if (!moving.value) stop()
    } catch (error) {
      failure.value = asFailure(error)
      stop()
    }
  }
  async function askAgain() {
    await ask()
    if (moving.value && !events) timer = window.setTimeout(askAgain, askEveryMs)
  }
  function follow() {
    stop()
    events = new EventSource(links.importEvents(id))
    events.addEventListener('progress', (event) => {
      data.value = JSON.parse((event as MessageEvent<string>).data) as Import
      if (!moving.value) stop()
    })
    events.onerror = () => {
      stop()
      void askAgain()
    }
  }
  async function start() {
    await ask()
    if (moving.value) follow()
  }
  async function commit() {
    try {
      data.value = await take(POST('/imports/{id}/commit', { params: { path: { id } } }))
      if (moving.value) follow()
    } catch (error) {
      failure.value = asFailure(error)
    }
  }
  void start()
  onScopeDispose(stop)
  return { data, failure, moving, commit, reload: start }
}
