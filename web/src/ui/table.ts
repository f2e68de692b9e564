// Columns of the one table component, made from a register's definition or written by a page.
import type { Entry, Field, Register } from '@/api/types'
import { say } from '@/i18n'

export type Column = {
  id: string
  label: string
  numeric?: boolean
  /** The column that names the row; it carries the link. */
  main?: boolean
  sort?: string
  field?: Field
}

const numericTypes = ['money', 'integer', 'decimal']

export function columnsOf(register: Register): Column[] {
  return register.fields
    .filter((field) => field.in_table)
    .map((field) => ({
      id: field.id,
      label: field.unit ? `${say(field.title)} (${say(field.unit)})` : say(field.title),
      numeric: numericTypes.includes(field.type),
      main: field.role === 'title',
      sort: field.role === 'title' ? 'title' : undefined,
      field,
    }))
}

/** The field that describes an entry at length, for the line under its title. */
export function excerptOf(register: Register | undefined, entry: Entry): string {
  const field = register?.fields.find((candidate) => candidate.role === 'text')
  const text = field ? entry.fields[field.id] : entry.fields.text
  return typeof text === 'string' ? text : ''
}

export const amountField = (register: Register | undefined) => register?.fields.find((field) => field.role === 'amount')
