// Where the nodes of a chain stand in the picture: columns from upstream to downstream, suppliers left of those they supply.
import type { ChainEdge, ChainNode } from '@/api/types'

export type Placed = { node: ChainNode; column: number; row: number }
export type Layout = { placed: Placed[]; columns: number; rows: number }

const places: ChainNode['position'][] = ['upstream', 'midstream', 'downstream']

/** Supply within one place only, without the edges that close a cycle: what orders the columns of that place. */
function depthsOf(nodes: ChainNode[], edges: ChainEdge[]): Map<string, number> {
  const here = new Set(nodes.map((node) => node.code))
  const inside = edges.filter((edge) => edge.relation === 'upstream' && !edge.left_out && here.has(edge.from) && here.has(edge.to))
  const depths = new Map(nodes.map((node) => [node.code, 0]))
  for (let round = 0, moved = true; moved && round < nodes.length; ++round) {
    moved = false
    for (const { from, to } of inside) {
      const least = depths.get(from)! + 1
      if (depths.get(to)! >= least) continue
      depths.set(to, least)
      moved = true
    }
  }
  return depths
}

export function layoutOf(nodes: ChainNode[], edges: ChainEdge[]): Layout {
  const columns: ChainNode[][] = []
  for (const place of places) {
    const here = nodes.filter((node) => node.position === place)
    const depths = depthsOf(here, edges)
    const first = columns.length
    for (const node of here) (columns[first + depths.get(node.code)!] ??= []).push(node)
  }
  const rows = Math.max(1, ...columns.map((column) => column.length))
  const rowOf = new Map<string, number>()
  const placed: Placed[] = []
  columns.forEach((column, at) => {
    // A node stands near the middle of those that supply it, so that fewer lines cross.
    const middle = (node: ChainNode) => {
      const known = edges.filter((edge) => edge.to === node.code && rowOf.has(edge.from)).map((edge) => rowOf.get(edge.from)!)
      return known.length ? known.reduce((sum, row) => sum + row, 0) / known.length : rows / 2
    }
    const ordered = column.map((node) => ({ node, at: middle(node) })).sort((a, b) => a.at - b.at || (a.node.code < b.node.code ? -1 : 1))
    ordered.forEach(({ node }, index) => {
      const row = ((index + 0.5) * rows) / ordered.length - 0.5
      rowOf.set(node.code, row)
      placed.push({ node, column: at, row })
    })
  })
  return { placed, columns: Math.max(1, columns.length), rows }
}
