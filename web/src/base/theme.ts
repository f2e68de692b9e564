// Light, dark, or as the system prefers. public/theme.js applies the kept choice before the first paint.
import { ref } from 'vue'

export type Theme = 'light' | 'dark' | 'system'
const storageKey = 'jingwei.theme'

const applied = document.documentElement.dataset.theme
export const theme = ref<Theme>(applied === 'light' || applied === 'dark' ? applied : 'system')

export function useTheme(value: Theme) {
  theme.value = value
  if (value === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = value
  try {
    localStorage.setItem(storageKey, value)
  } catch {
    // Then the choice lasts as long as the page.
  }
}
