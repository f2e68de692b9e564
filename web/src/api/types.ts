// The values that the API takes and answers, by the names the app uses. Pages import from here only, so that where the
// types come from is one file's business.

export type Bilingual = { zh: string; en: string }
export type Role = 'administrator' | 'department' | 'enterprise' | 'provider' | 'financier' | 'auditor'
export type NamedId = { id: string; name: string }
export type TitledId = { id: string; title: string }

export type InputProblem = { row?: number; field: string; reason: Bilingual; remedy: Bilingual }
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  message?: Bilingual
  problems?: InputProblem[]
}

export type Me = {
  account_id: string
  login: string
  name: string
  roles: Role[]
  organization?: NamedId
  language: 'zh' | 'en'
  must_set_password: boolean
  csrf_header?: string
}
export type Account = {
  id: string
  login: string
  name: string
  roles: Role[]
  organization?: NamedId
  disabled: boolean
  last_seen_at?: string
  version: number
}
export type AccountLink = { link: string; link_expires_at: string }
export type AccountWithLink = AccountLink & { account: Account }
export type Scope = 'read' | 'write'
export type ApiToken = { id: string; name: string; scopes: Scope[]; expires_on: string; created_at?: string; last_used_at?: string; token?: string }

export type FieldType =
  | 'text' | 'long_text' | 'integer' | 'decimal' | 'money' | 'date' | 'boolean' | 'code' | 'region' | 'organization' | 'uscc' | 'url'
export type Field = {
  id: string
  title: Bilingual
  type: FieldType
  help?: Bilingual
  role?: string
  required: boolean
  unit?: Bilingual
  fen_per_unit?: number
  min?: number
  max?: number
  max_length?: number
  code_list?: string
  many: boolean
  sensitivity?: string
  in_table: boolean
}
export type Register = {
  id: string
  title: Bilingual
  about: Bilingual
  chain: 'innovation' | 'industry' | 'capital' | 'talent'
  supply_kind?: string
  key: string[]
  fields: Field[]
  may_create: boolean
  entries_published: number
}
export type Code = { code: string; zh: string; en: string; chain?: string }
export type CodeList = { id: string; title: Bilingual; codes: Code[] }
export type Region = { code: string; name: string; full_name: string; parent?: string }

export type FieldValue = string | number | boolean | string[]
export type FieldValues = Record<string, FieldValue>
export type EntryState = 'draft' | 'published' | 'withdrawn' | 'expired'
export type StatementRef = { id: string; kind: string; at: string }
export type Entry = {
  id: string
  register: string
  version: number
  state: EntryState
  title: string
  owner?: NamedId
  region?: string
  segment?: string
  fields: FieldValues
  created_at: string
  updated_at: string
  published_at?: string
  acts: string[]
  statements?: StatementRef[]
  owner_hidden?: boolean
}
export type EntryVersion = { version: number; at: string; actor_name?: string; act: string; fields: FieldValues }
export type Page<T> = { items: T[]; next_cursor?: string; total: number }
export type Items<T> = { items: T[] }

export type ImportState = 'checked' | 'committing' | 'done' | 'failed'
export type Import = {
  id: string
  register: string
  state: ImportState
  publish: boolean
  rows: number
  new: number
  changed: number
  same: number
  wrong: number
  warned: number
  done_rows: number
  columns: { header: string; field?: string }[]
  problems: InputProblem[]
  warnings: InputProblem[]
  created_at: string
}

export type Reason = { kind: string; text: Bilingual; need_words?: string; supply_words?: string; relation?: string }
export type SearchHit = { entry: Entry; kind: string; score: number; reasons: Reason[] }
export type SearchResult = { items: SearchHit[]; feed_seq: number }
export type Overview = {
  region: Region
  node: { origin: string; title: Bilingual }
  registers: { id: string; title: Bilingual; published: number }[]
  deals: { state: string; count: number }[]
  statements: number
  latest_needs: Entry[]
  latest_supplies: Entry[]
}

export type NeedProblem = { index: number; text: string }
export type NeedProblems = { need_id: string; edited: boolean; version: number; problems: NeedProblem[] }
export type Match = {
  supply: {
    id: string
    register: string
    kind: string
    title: string
    text: string
    owner?: NamedId
    region?: string
    segment?: string
    trl?: number
    amount_fen?: number
  }
  score: number
  parts: Record<string, number>
  problems: number[]
  reasons: Reason[]
  missing: Bilingual[]
}
export type Matches = { need_id?: string; feed_seq: number; problems: NeedProblem[]; items: Match[] }
export type PreviewRequest = {
  title: string
  text: string
  segment?: string
  region?: string
  budget_fen?: number
  stage?: string
  deadline?: string
  limit?: number
}

export type DealKind = 'development' | 'transfer' | 'licence' | 'consulting' | 'service'
export type DealState = 'proposed' | 'agreed' | 'delivered' | 'accepted' | 'disputed' | 'terminated' | 'declined'
export type Side = 'buyer' | 'seller'
export type MilestoneTerms = { title: string; due_on: string; amount_fen: number }
export type DealTerms = {
  kind: DealKind
  title: string
  scope: string
  contract_total_fen: number
  technology_amount_fen: number
  starts_on: string
  ends_on: string
  milestones: MilestoneTerms[]
}
export type Milestone = MilestoneTerms & { index: number; state: 'open' | 'delivered' | 'accepted' | 'disputed'; note?: string }
export type DealParty = { id?: string; name?: string; region?: string; hidden?: boolean }
export type DealEvent = { at: string; act: string; side?: Side; actor_name?: string; note?: string; milestone?: number; score?: number }
export type Evaluation = { side: Side; score: number; comment: string; at: string }
export type DealAct = { act: string; milestone?: number }
export type Deal = {
  id: string
  version: number
  state: DealState
  kind: DealKind
  title: string
  scope: string
  need: TitledId
  supply: TitledId & { register: string }
  buyer: DealParty
  seller: DealParty
  proposed_by: Side
  terms_by?: Side
  contract_total_fen: number
  technology_amount_fen: number
  starts_on: string
  ends_on: string
  milestones: Milestone[]
  evaluations: Evaluation[]
  events?: DealEvent[]
  acts: DealAct[]
  statements?: StatementRef[]
  created_at: string
  updated_at: string
}
export type DealActRequest = { act: string; note?: string; milestone?: number; score?: number; terms?: DealTerms }

export type InboxItem = { kind: string; title: Bilingual; subject_id: string; url: string; since: string }
export type Statement = {
  id: string
  index: number
  kind: string
  subject: string
  at: string
  issuer: string
  public: Record<string, unknown>
}
export type Check = { name: Bilingual; passed: boolean; detail: Bilingual }
export type Verification = {
  valid: boolean
  checks: Check[]
  statement?: Statement
  log?: { origin: string; vkey: string; size: number; root: string }
}
export type LogState = {
  origin: string
  vkey: string
  size: number
  root: string
  checkpoint_at?: string
  feed_seq: number
  statements: number
}
export type NodeState = {
  version: string
  origin: string
  region: Region
  store: string
  data_folder: string
  feed_seq: number
  match_seq: number
  match_documents: number
  memory_bytes: number
  started_at: string
}
