// The only place that talks to the node. Every request that changes something carries the header that other sites cannot
// send; every POST a key under which a repeated try is answered, not done twice.
import createClient, { type Middleware } from 'openapi-fetch'
import { Failure, failureOf } from './failure'
import type { paths } from './paths'
import type { Attachment, Import, PlanReading, Verification } from './types'

export const apiRoot = '/api/v1'
const writeHeader = 'X-Jingwei-Request'

type Listener = () => void
let onUnauthenticated: Listener = () => {}
let language = 'zh-CN'

/** Called when the node no longer knows who we are; the session then leads to sign-in and back. */
export function whenUnauthenticated(listener: Listener) {
  onUnauthenticated = listener
}
export function setRequestLanguage(value: string) {
  language = value
}

/** crypto.randomUUID exists in secure contexts only; a node may be reached over plain HTTP inside an office network. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function writeHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': language }
  if (method !== 'GET') headers[writeHeader] = '1'
  if (method === 'POST') headers['Idempotency-Key'] = newKey()
  return headers
}

const headersOfRequests: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(writeHeaders(request.method)))
      if (!request.headers.has(name)) request.headers.set(name, value)
    return request
  },
}

const client = createClient<paths>({ baseUrl: apiRoot })
client.use(headersOfRequests)
export const { GET, POST, PUT, DELETE } = client

type Answered<R> = { data?: R; error?: unknown; response: Response }

/** Turns the answer into its value, and every failure into a Failure. */
export async function take<R>(request: Promise<Answered<R>>): Promise<R> {
  let answer: Answered<R>
  try {
    answer = await request
  } catch (error) {
    throw connectionFailure(error)
  }
  if (answer.response.ok) return answer.data as R
  throw refused(answer.response.status, answer.error, answer.response.headers.get('Retry-After'))
}

function connectionFailure(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error
  return error instanceof TypeError ? new Failure('offline', 0) : error
}

function refused(status: number, body: unknown, retryAfter: string | null): Failure {
  const failure = failureOf(status, body, retryAfter)
  if (failure.code === 'unauthenticated') onUnauthenticated()
  return failure
}

export const isAborted = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/** The header that ties a change to the version that was read. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

async function raw(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...writeHeaders(init.method ?? 'GET'), ...(init.headers as Record<string, string>) }
  let response: Response
  try {
    response = await fetch(apiRoot + path, { ...init, headers })
  } catch (error) {
    throw connectionFailure(error)
  }
  if (response.ok) return response
  throw refused(response.status, await response.json().catch(() => undefined), response.headers.get('Retry-After'))
}

/** Sends a file for a dry run; nothing is written to the register yet. */
export async function startImport(register: string, file: File, publish: boolean): Promise<Import> {
  const body = new FormData()
  body.append('file', file)
  const response = await raw(`/registers/${register}/imports?publish=${publish}`, { method: 'POST', body })
  return response.json()
}

/** Hands in a proof; what refers to it names its id. */
export async function addAttachment(file: File): Promise<Attachment> {
  const body = new FormData()
  body.append('file', file)
  return (await raw('/attachments', { method: 'POST', body })).json()
}

/** Every table leaves the node in both. */
export type TableFormat = 'csv' | 'xlsx'

/** The rows of a query as a file; a workbook has them drawn too. */
export async function downloadQuery(sql: string, chart: 'table' | 'bar' | 'line', format: TableFormat): Promise<Blob> {
  const response = await raw(`/analytics/queries.${format}`, { method: 'POST', body: JSON.stringify({ sql, chart }), headers: { 'Content-Type': 'application/json' } })
  return response.blob()
}

/** `filename*` of a Content-Disposition (RFC 6266). */
export function fileNameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  return encoded ? decodeURIComponent(encoded) : undefined
}

/** A file in the reader's language, with the name that the node gives it. */
export async function fetchFile(path: string): Promise<{ name: string; content: Blob }> {
  const response = await raw(path, {})
  return { name: fileNameOf(response.headers.get('Content-Disposition')) ?? path.replace(/[?].*/, '').split('/').at(-1)!, content: await response.blob() }
}

/** Paths of files that fetchFile() takes; what is empty is left out of the query. */
type Query = Record<string, string | undefined>
const withQuery = (path: string, query: Query) => {
  const wanted = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))).toString()
  return wanted ? `${path}?${wanted}` : path
}
export const files = {
  indicators: (format: TableFormat, query: Query) => withQuery(`/indicators.${format}`, query),
  sdmx: (asOf?: string) => withQuery('/indicators.sdmx.csv', { as_of: asOf }),
  history: (format: TableFormat, id: string, asOf?: string) => withQuery(`/indicators/${id}/history.${format}`, { as_of: asOf }),
  tasks: (format: TableFormat, query: Query) => withQuery(`/tasks.${format}`, query),
  cockpit: (format: TableFormat, query: Query) => withQuery(`/cockpit.${format}`, query),
  review: (id: string, kind: 'docx' | 'xlsx') => `/reviews/${id}/report.${kind}`,
  fusion: (format: TableFormat, query: Query) => withQuery(`/fusion.${format}`, query),
  entitled: (format: TableFormat, policy: string, query: Query) => withQuery(`/policies/${policy}/entitled.${format}`, query),
  appraisal: (format: TableFormat, scheme: string, year: number) => `/appraisals/${scheme}/years/${year}/table.${format}`,
  chain: (format: TableFormat, chain: string, region?: string) => withQuery(`/atlas/${encodeURIComponent(chain)}/table.${format}`, { region }),
  register: (format: TableFormat, register: string, query: Query) => withQuery(`/registers/${register}/export.${format}`, query),
}

/** Reads a plan from a file or from text; nothing is written. */
export async function readPlan(source: File | string, replaces?: string): Promise<PlanReading> {
  const query = replaces ? `?replaces=${replaces}` : ''
  if (typeof source === 'string') return (await raw(`/plans/readings${query}`, { method: 'POST', body: source, headers: { 'Content-Type': 'text/plain' } })).json()
  const body = new FormData()
  body.append('file', source)
  return (await raw(`/plans/readings${query}`, { method: 'POST', body })).json()
}

export async function receiptOf(statementId: string): Promise<string> {
  const response = await raw(`/statements/${statementId}/receipt`, {})
  return response.text()
}

export async function verifyReceipt(receipt: string): Promise<Verification> {
  const response = await raw('/receipts/verify', { method: 'POST', body: receipt, headers: { 'Content-Type': 'text/plain' } })
  return response.json()
}

/** Addresses that the browser opens or downloads itself. */
export const links = {
  receipt: (statementId: string) => `${apiRoot}/statements/${statementId}/receipt`,
  wrongRows: (importId: string) => `${apiRoot}/imports/${importId}/wrong-rows.csv`,
  importEvents: (importId: string) => `${apiRoot}/imports/${importId}/events`,
  roundEvents: (roundId: string) => `${apiRoot}/rounds/${roundId}/events`,
  roundMail: (roundId: string, format: 'mbox' | 'jsonl') => `${apiRoot}/rounds/${roundId}/mail?format=${format}`,
  exposureCsv: (days: number) => `${apiRoot}/exposure.csv?days=${days}`,
  attachment: (id: string) => `${apiRoot}/attachments/${id}/content`,
  template: (register: string) => `${apiRoot}/registers/${register}/export.csv`,
}
