// The two languages. One file each holds every word of the interface; only the chosen one is loaded.
import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { setRequestLanguage } from '@/api/client'
import type { Bilingual } from '@/api/types'

export type Language = 'zh-CN' | 'en'
const storageKey = 'jingwei.language'

const files = {
  'zh-CN': () => import('@/locales/zh-CN.json'),
  en: () => import('@/locales/en.json'),
}

export const i18n = createI18n({ legacy: false, locale: 'zh-CN', fallbackLocale: false, messages: {} as Record<Language, never> })

export const language = computed(() => i18n.global.locale.value as Language)
export const isChinese = computed(() => language.value === 'zh-CN')

/** The chosen language; nothing when the person never chose. */
export function chosenLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(storageKey)
    return kept === 'zh-CN' || kept === 'en' ? kept : undefined
  } catch {
    return undefined
  }
}

export async function useLanguage(value: Language, keep: boolean) {
  if (keep) remember(value)
  const file = await files[value]()
  i18n.global.setLocaleMessage(value, file.default as never)
  i18n.global.locale.value = value as never
  setRequestLanguage(value)
  document.documentElement.lang = value
}

function remember(value: Language) {
  try {
    localStorage.setItem(storageKey, value)
  } catch {
    // Then the choice lasts as long as the page.
  }
}

/** A sentence that came in both languages, in the present one. */
export const say = (text: Bilingual | undefined) => (text ? (isChinese.value ? text.zh : text.en || text.zh) : '')

/** A word of the interface, outside of components. The library's own type of `t` is more than the compiler can compute. */
export const word = (i18n.global as unknown as { t: (key: string, named?: Record<string, unknown>) => string }).t
