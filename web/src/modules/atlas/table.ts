// Figures of the nodes of a chain as people read them.
import type { Chain, ChainNode } from '@/api/types'

const percent = (share: number) => Math.round(share * 1000) / 10

export const lost = (node: ChainNode) => percent(node.paths_lost_share)
export const between = (node: ChainNode) => percent(node.betweenness_share)

export const customersOf = (chain: Chain, node: ChainNode) =>
  chain.edges.filter((edge) => edge.from === node.code && edge.relation === 'upstream').map((edge) => edge.to)
