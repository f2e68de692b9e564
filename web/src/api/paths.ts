// The API's paths in the shape that openapi-typescript writes, for openapi-fetch. `npm run api-types` makes the same shape
// from api/openapi.json.
import type * as T from './types'

type Json<B> = { content: { 'application/json': B } }
type Answer<R> = { 200: { headers: Record<string, unknown>; content: { 'application/json': R } } }
type Parameters<P, Q> = { query?: Q; path: P; header?: { 'If-Match'?: string }; cookie?: never }
type Without = { query?: never; path?: never; header?: { 'If-Match'?: string }; cookie?: never }
type Read<R, P = never, Q = never> = {
  parameters: [P] extends [never] ? { query?: Q; path?: never; header?: never; cookie?: never } : Parameters<P, Q>
  responses: Answer<R>
}
type Write<B, R, P = never> = {
  parameters: [P] extends [never] ? Without : Parameters<P, never>
  requestBody: Json<B>
  responses: Answer<R>
}
type Act<R, P> = { parameters: Parameters<P, never>; responses: Answer<R> }
type Delete<P = never> = { parameters: [P] extends [never] ? Without : Parameters<P, never>; responses: Answer<undefined> }

type Id = { id: string }
type EntryPath = { register: string; id: string }
export type EntryQuery = {
  q?: string
  state?: string
  region?: string
  segment?: string
  owner?: string
  mine?: boolean
  sort?: 'updated' | 'title'
  cursor?: string
  limit?: number
}
type MatchQuery = { kind?: string; region?: string; segment?: string; limit?: number }

export interface paths {
  '/session': { post: Write<{ login: string; password: string }, T.Me>; delete: Delete }
  '/session/link': { post: Write<{ token: string }, T.Me> }
  '/me': { get: Read<T.Me> }
  '/me/password': { put: Write<{ old_password?: string; new_password: string }, undefined> }
  '/me/tokens': { get: Read<T.Items<T.ApiToken>>; post: Write<{ name: string; scopes: T.Scope[]; expires_on: string }, T.ApiToken> }
  '/me/tokens/{id}': { delete: Delete<Id> }
  '/accounts': {
    get: Read<T.Page<T.Account>, never, { q?: string; cursor?: string; limit?: number }>
    post: Write<{ login: string; name: string; roles: T.Role[]; organization_id?: string }, T.AccountWithLink>
  }
  '/accounts/{id}': { put: Write<{ name: string; roles: T.Role[]; organization_id?: string; disabled: boolean }, T.Account, Id> }
  '/accounts/{id}/link': { post: Act<T.AccountLink, Id> }
  '/registers': { get: Read<T.Items<T.Register>> }
  '/code-lists/{id}': { get: Read<T.CodeList, Id> }
  '/regions': { get: Read<T.Items<T.Region>> }
  '/registers/{register}/entries': {
    get: Read<T.Page<T.Entry>, { register: string }, EntryQuery>
    post: Write<{ fields: T.FieldValues; publish?: boolean }, T.Entry, { register: string }>
  }
  '/registers/{register}/entries/{id}': { get: Read<T.Entry, EntryPath>; put: Write<{ fields: T.FieldValues }, T.Entry, EntryPath> }
  '/registers/{register}/entries/{id}/publish': { post: Act<T.Entry, EntryPath> }
  '/registers/{register}/entries/{id}/withdraw': { post: Write<{ reason: string }, T.Entry, EntryPath> }
  '/registers/{register}/entries/{id}/versions': { get: Read<T.Items<T.EntryVersion>, EntryPath> }
  '/imports/{id}': { get: Read<T.Import, Id> }
  '/imports/{id}/commit': { post: Act<T.Import, Id> }
  '/search': { get: Read<T.SearchResult, never, MatchQuery & { q: string }> }
  '/overview': { get: Read<T.Overview> }
  '/needs/{id}/problems': { get: Read<T.NeedProblems, Id>; put: Write<{ problems: { text: string }[] }, T.NeedProblems, Id> }
  '/needs/{id}/matches': { get: Read<T.Matches, Id, MatchQuery> }
  '/matches/preview': { post: Write<T.PreviewRequest, T.Matches> }
  '/deals': {
    get: Read<T.Page<T.Deal>, never, { state?: string; side?: string; cursor?: string; limit?: number }>
    post: Write<T.DealTerms & { need_id: string; supply_id: string }, T.Deal>
  }
  '/deals/{id}': { get: Read<T.Deal, Id> }
  '/deals/{id}/acts': { post: Write<T.DealActRequest, T.Deal, Id> }
  '/inbox': { get: Read<T.Items<T.InboxItem>> }
  '/statements': { get: Read<T.Page<T.Statement>, never, { subject?: string; kind?: string; cursor?: string }> }
  '/statements/{id}': { get: Read<T.Statement, Id> }
  '/log/state': { get: Read<T.LogState> }
  '/admin/node': { get: Read<T.NodeState> }
}
