import { describe, expect, it } from 'vitest'
import type { ChainEdge, ChainNode } from '@/api/types'
import { layoutOf } from './layout'

const node = (code: string, position: ChainNode['position']) => ({ code, title: code, position }) as ChainNode
const edge = (from: string, to: string, left_out = false) => ({ from, to, relation: 'upstream', left_out }) as ChainEdge
const columnsOf = (nodes: ChainNode[], edges: ChainEdge[]) =>
  Object.fromEntries(layoutOf(nodes, edges).placed.map(({ node: one, column }) => [one.code, column]))

describe('layoutOf', () => {
  it('puts upstream left of midstream left of downstream, and a supplier left of what it supplies', () => {
    const nodes = [node('d', 'downstream'), node('b', 'midstream'), node('a', 'upstream'), node('c', 'midstream')]
    expect(columnsOf(nodes, [edge('a', 'b'), edge('b', 'c'), edge('c', 'd')])).toEqual({ a: 0, b: 1, c: 2, d: 3 })
  })
  it('does not go round in a cycle', () => {
    const nodes = [node('a', 'midstream'), node('b', 'midstream')]
    expect(columnsOf(nodes, [edge('a', 'b'), edge('b', 'a', true)])).toEqual({ a: 0, b: 1 })
  })
  it('gives every node of a column a row of its own', () => {
    const layout = layoutOf(['a', 'b', 'c'].map((code) => node(code, 'upstream')), [])
    expect(layout.rows).toBe(3)
    expect(layout.placed.map((one) => one.row)).toEqual([0, 1, 2])
  })
  it('has a place for nothing', () => {
    expect(layoutOf([], [])).toEqual({ placed: [], columns: 1, rows: 1 })
  })
})
