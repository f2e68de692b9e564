// Values of register fields: what a form holds while it is edited, and what the API takes. The node decides what is right;
// here a value is only brought into its JSON form, or named as unreadable.
import type { Field, FieldValue, FieldValues } from '@/api/types'
import { decimalOfFen, fenOfText, fenPerUnit } from './money'

/** Every input works on text, a list of codes, or yes/no. */
export type DraftValue = string | string[] | boolean
export type DraftValues = Record<string, DraftValue>

export function draftOf(field: Field, value: FieldValue | undefined): DraftValue {
  if (field.type === 'boolean') return value === true
  if (field.many) return Array.isArray(value) ? [...value] : []
  if (value === undefined) return ''
  if (field.type === 'money') return decimalOfFen(Number(value), fenPerUnit(field))
  return String(value)
}

export const draftsOf = (fields: Field[], values: FieldValues): DraftValues =>
  Object.fromEntries(fields.map((field) => [field.id, draftOf(field, values[field.id])]))

export type Conversion = { values: FieldValues; unreadable: string[] }

/** Empty inputs are absent members; numbers and money that cannot be read are listed by field. */
export function valuesOf(fields: Field[], drafts: DraftValues): Conversion {
  const conversion: Conversion = { values: {}, unreadable: [] }
  for (const field of fields) {
    const value = valueOf(field, drafts[field.id])
    if (value === 'unreadable') conversion.unreadable.push(field.id)
    else if (value) conversion.values[field.id] = value.is
  }
  return conversion
}

function valueOf(field: Field, draft: DraftValue | undefined): { is: FieldValue } | 'unreadable' | undefined {
  if (typeof draft === 'boolean') return draft ? { is: true } : undefined
  if (Array.isArray(draft)) return draft.length ? { is: draft } : undefined
  const text = draft?.trim() ?? ''
  if (!text) return undefined
  if (field.type === 'money') return numeric(fenOfText(text, fenPerUnit(field)))
  if (field.type === 'integer') return numeric(numberOf(text, /^-?\d+$/))
  if (field.type === 'decimal') return numeric(numberOf(text, /^-?\d+(\.\d+)?$/))
  return { is: text }
}

const numeric = (value: number | undefined) => (value === undefined ? 'unreadable' : { is: value })

function numberOf(text: string, shape: RegExp): number | undefined {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '')
  return shape.test(plain) ? Number(plain) : undefined
}

/** Text copied from Word or Excel: bullets become dashes, cells are kept apart, odd spaces and empty runs go. */
export function pastedText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u2002\u2003]/g, ' ')
    .replace(/^[ \t]*[•·\uf0b7\uf06c▪◆][ \t]*/gm, '- ')
    .replace(/[ \t]*\t[ \t]*/g, ' | ')
    .replace(/[ ]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
}
