import { expect, it } from 'vitest'
import type { Register } from '@/api/types'
import { questionOf } from './preview'

const field = (id: string, type: string, role?: string) => ({ id, type, role, title: { zh: id, en: id }, required: false, many: false, in_table: false, ...(type === 'money' ? { fen_per_unit: 1_000_000 } : {}) })
const register = {
  fields: [field('title', 'text', 'title'), field('text', 'long_text', 'text'), field('budget_fen', 'money', 'amount'), field('segment', 'code', 'segment'), field('phone', 'text')],
} as unknown as Register

it('asks nothing before there is a sentence', () => {
  expect(questionOf(register, { title: '缩水', text: '缩水痕' })).toBeUndefined()
})
it('asks by the roles of the fields and sends nothing else', () => {
  expect(questionOf(register, { title: '缩水', text: '厚筋背面一圈缩水痕', budget_fen: '20', segment: '', phone: '138' })).toEqual({ title: '缩水', text: '厚筋背面一圈缩水痕', budget_fen: 20_000_000, limit: 8 })
})
