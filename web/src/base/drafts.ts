// Text that a person wrote and has not sent yet, kept on this machine so that leaving never loses it.
const prefix = 'jingwei.draft.'
const draftsMax = 40

export type Kept<T> = { at: string; value: T }

export function keepDraft<T>(key: string, value: T, at: Date) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: at.toISOString(), value }))
    dropOldest()
  } catch {
    // No room or no storage: the form itself still holds the text.
  }
}

export function keptDraft<T>(key: string): Kept<T> | undefined {
  try {
    const text = localStorage.getItem(prefix + key)
    return text ? (JSON.parse(text) as Kept<T>) : undefined
  } catch {
    return undefined
  }
}

export function dropDraft(key: string) {
  try {
    localStorage.removeItem(prefix + key)
  } catch {
    // Nothing was kept then.
  }
}

function dropOldest() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  if (keys.length <= draftsMax) return
  const atOf = (key: string) => keptDraft(key.slice(prefix.length))?.at ?? ''
  keys.sort((a, b) => atOf(a).localeCompare(atOf(b)))
  for (const key of keys.slice(0, keys.length - draftsMax)) localStorage.removeItem(key)
}
