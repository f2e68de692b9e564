// The terms of a deal while they are written: text in the form, values for the API.
import type { Deal, DealKind, DealTerms } from '@/api/types'
import { dayAt, monthsLater } from '@/base/dates'
import { decimalOfFen, fenOfText, fenPerWan } from '@/base/money'

export type MilestoneDraft = { title: string; due_on: string; amount: string }
export type TermsDraft = {
  kind: DealKind
  title: string
  scope: string
  contract_total: string
  technology_amount: string
  starts_on: string
  ends_on: string
  milestones: MilestoneDraft[]
}

export const dealKinds: DealKind[] = ['development', 'transfer', 'licence', 'consulting', 'service']
export const milestonesMax = 20
const usualMonths = 6

export function emptyTerms(now: Date): TermsDraft {
  const today = dayAt(now)
  const end = monthsLater(today, usualMonths)
  return {
    kind: 'development', title: '', scope: '', contract_total: '', technology_amount: '', starts_on: today, ends_on: end,
    milestones: [{ title: '', due_on: end, amount: '' }],
  }
}

export function termsOf(deal: Deal): TermsDraft {
  const wan = (fen: number) => decimalOfFen(fen, fenPerWan)
  return {
    kind: deal.kind, title: deal.title, scope: deal.scope, contract_total: wan(deal.contract_total_fen),
    technology_amount: wan(deal.technology_amount_fen), starts_on: deal.starts_on, ends_on: deal.ends_on,
    milestones: deal.milestones.map(({ title, due_on, amount_fen }) => ({ title, due_on, amount: wan(amount_fen) })),
  }
}

/** Values for the API, and the fields whose amounts cannot be read. What is right or wrong otherwise, the node says. */
export function readTerms(draft: TermsDraft): { terms: DealTerms; unreadable: string[] } {
  const unreadable: string[] = []
  const fen = (text: string, field: string) => {
    const value = fenOfText(text, fenPerWan)
    if (value === undefined) unreadable.push(field)
    return value ?? 0
  }
  const terms: DealTerms = {
    kind: draft.kind, title: draft.title.trim(), scope: draft.scope.trim(),
    contract_total_fen: fen(draft.contract_total, 'contract_total_fen'),
    technology_amount_fen: fen(draft.technology_amount, 'technology_amount_fen'),
    starts_on: draft.starts_on, ends_on: draft.ends_on,
    milestones: draft.milestones.map((milestone, index) => ({
      title: milestone.title.trim(), due_on: milestone.due_on, amount_fen: fen(milestone.amount, `milestones/${index}/amount_fen`),
    })),
  }
  return { terms, unreadable }
}

/** Rows copied from a spreadsheet: title, day, amount in 万元; undefined when the text is not such rows. */
export function milestonesOfRows(text: string): MilestoneDraft[] | undefined {
  if (!text.includes('\t')) return undefined
  const rows = text.replace(/\r/g, '').split('\n').filter((row) => row.trim())
  return rows.slice(0, milestonesMax).map((row) => {
    const [title = '', due = '', amount = ''] = row.split('\t').map((cell) => cell.trim())
    const day = /^(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(due)
    return { title, due_on: day ? `${day[1]}-${day[2]!.padStart(2, '0')}-${day[3]!.padStart(2, '0')}` : '', amount }
  })
}
