// Loading a value for a page: the newest request wins, an older one is aborted, a failure is kept to be shown.
import { onScopeDispose, ref, shallowRef, watch, type WatchSource } from 'vue'
import { isAborted } from '@/api/client'
import { Failure } from '@/api/failure'

export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, sources: WatchSource[] = []) {
  const data = shallowRef<T>()
  const failure = shallowRef<Failure>()
  const loading = ref(false)
  let running: AbortController | undefined

  async function reload() {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const value = await load(mine.signal)
      if (mine !== running) return
      data.value = value
      failure.value = undefined
    } catch (error) {
      if (mine === running && !isAborted(error)) failure.value = asFailure(error)
    } finally {
      if (mine === running) loading.value = false
    }
  }

  watch(sources, reload, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, failure, loading, reload }
}

/** Faults of our own are shown too, and told to the console for whoever repairs them. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  console.error(error)
  return new Failure('unexpected', 0)
}

/** Runs one act at a time, for a button: busy while it runs, the failure when it fails. */
export function useAct() {
  const busy = ref(false)
  const failure = shallowRef<Failure>()
  async function run<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    failure.value = undefined
    try {
      return await act()
    } catch (error) {
      failure.value = asFailure(error)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, run }
}
