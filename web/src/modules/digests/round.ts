// A running round as it moves: told by the node's events, asked for where events do not get through.
import { computed, onScopeDispose, shallowRef } from 'vue'
import { GET, links, POST, take } from '@/api/client'
import type { Failure } from '@/api/failure'
import type { Round } from '@/api/types'
import { asFailure } from '@/base/load'

const askEveryMs = 1000
const shown = 20

export function useRounds() {
  const rounds = shallowRef<Round[]>()
  const failure = shallowRef<Failure>()
  const running = computed(() => rounds.value?.find((round) => round.state === 'running'))
  let events: EventSource | undefined
  let timer: number | undefined

  function stop() {
    events?.close()
    events = undefined
    window.clearTimeout(timer)
  }
  function put(round: Round) {
    const others = (rounds.value ?? []).filter((one) => one.id !== round.id)
    rounds.value = [round, ...others]
  }
  async function reload() {
    stop()
    try {
      rounds.value = (await take(GET('/rounds', { params: { query: { limit: shown } } }))).items
      failure.value = undefined
      if (running.value) follow(running.value.id)
    } catch (error) {
      failure.value = asFailure(error)
    }
  }
  function follow(id: string) {
    events = new EventSource(links.roundEvents(id))
    events.addEventListener('progress', (event) => {
      put(JSON.parse((event as MessageEvent<string>).data) as Round)
      if (!running.value) stop()
    })
    events.onerror = () => {
      stop()
      timer = window.setTimeout(() => void reload(), askEveryMs)
    }
  }
  async function start() {
    try {
      const round = await take(POST('/rounds'))
      failure.value = undefined
      put(round)
      follow(round.id)
    } catch (error) {
      failure.value = asFailure(error)
    }
  }
  void reload()
  onScopeDispose(stop)
  return { rounds, failure, running, start, reload }
}
