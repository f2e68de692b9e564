// A sheet that is to be one page of paper, however much it says: before the browser prints, rem shrinks until it fits.
import { onScopeDispose, type Ref } from 'vue'

const pxOfMm = 96 / 25.4
const stepPx = 0.25

export interface OnePage {
  widthMm: number // of the page without margins
  heightMm: number
  remPx: number // as the print styles have it
  remLeastPx: number // smaller than this nobody can read it: then it takes a second page
}

/** The largest rem from `remPx` down with which `heightAt(rem)` is within the page; the least one when none is. */
export function remThatFits(page: OnePage, heightAt: (remPx: number) => number): number {
  for (let rem = page.remPx; rem > page.remLeastPx; rem -= stepPx) if (heightAt(rem) <= page.heightMm * pxOfMm) return rem
  return page.remLeastPx
}

function printRules(rules: CSSRuleList): CSSMediaRule[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSMediaRule && rule.media.mediaText === 'print') return [rule]
    return rule instanceof CSSGroupingRule ? printRules(rule.cssRules) : []
  })
}

/** What `measure` gives while the styles for print hold on the screen. The browser tells of printing before it lays out and never after. */
function asPrinted<T>(measure: () => T): T {
  const rules = [...document.styleSheets].flatMap((sheet) => printRules(sheet.cssRules))
  for (const rule of rules) rule.media.mediaText = 'all'
  try {
    return measure()
  } finally {
    for (const rule of rules) rule.media.mediaText = 'print'
  }
}

export function useOnePage(sheet: Readonly<Ref<HTMLElement | null>>, page: OnePage) {
  const root = document.documentElement
  const set = (rem: number) => (root.style.fontSize = `${rem}px`)
  function fit() {
    const element = sheet.value
    if (!element) return
    element.style.width = `${page.widthMm}mm`
    set(asPrinted(() => remThatFits(page, (rem) => (set(rem), element.getBoundingClientRect().height))))
    element.style.removeProperty('width')
  }
  const restore = () => root.style.removeProperty('font-size')
  addEventListener('beforeprint', fit)
  addEventListener('afterprint', restore)
  onScopeDispose(() => {
    removeEventListener('beforeprint', fit)
    removeEventListener('afterprint', restore)
    restore()
  })
}
