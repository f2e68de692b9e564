// The nodes of a chain as rows of words and figures: what the CSV file holds.
import type { Chain, ChainNode } from '@/api/types'
import { codeName, segmentName } from '@/session/catalog'

type Translate = (key: string, values?: Record<string, unknown>) => string
const percent = (share: number) => Math.round(share * 1000) / 10

export const lost = (node: ChainNode) => percent(node.paths_lost_share)
export const between = (node: ChainNode) => percent(node.betweenness_share)

export function tableOf(chain: Chain, t: Translate): (string | number | undefined)[][] {
  const titles = new Map(chain.nodes.map((node) => [node.code, node.title]))
  const head = [
    'atlas.nodeTitle', 'atlas.code', 'atlas.place', 'atlas.kind', 'atlas.segment', 'atlas.state', 'atlas.local', 'atlas.all', 'atlas.hhi', 'atlas.basisHead', 'atlas.lost',
    'atlas.between', 'atlas.dominator', 'atlas.dominates', 'atlas.suppliesTo',
  ].map((key) => t(key))
  const rows = chain.nodes.map((node) => [
    node.title, node.code, codeName('chain-positions', node.position), codeName('chain-node-kinds', node.kind), segmentName(node.segment), t(`atlas.risk.${node.risk}`),
    node.local_suppliers, node.suppliers, node.hhi, t(`atlas.basis.${node.hhi_basis}`), lost(node), between(node),
    node.dominator ? titles.get(node.dominator) : '', node.dominates, customersOf(chain, node).map((code) => titles.get(code)).join('; '),
  ])
  return [head, ...rows]
}

export const customersOf = (chain: Chain, node: ChainNode) =>
  chain.edges.filter((edge) => edge.from === node.code && edge.relation === 'upstream').map((edge) => edge.to)
