// The values that the API takes and answers, by the names the app uses. Pages import from here only, so that the shape of
// the generated file is this file's business.
import type { components } from './schema'

type Schema = components['schemas']

export type Bilingual = Schema['Bilingual']
export type NamedId = Schema['Reference']
export type InputProblem = Schema['InputProblem']
export type Problem = Schema['Problem']
export type Page<T> = { items: T[]; next_cursor?: string; total: number }

export type Role = Schema['Role']
export type Me = Schema['Me']
export type Account = Schema['AccountView']
export type AccountLink = Schema['LinkView']
export type Scope = Schema['TokenScope']
export type ApiToken = Schema['ApiToken']
export type CreatedApiToken = Schema['CreatedApiToken']

export type Field = Schema['FieldView']
export type FieldType = Schema['FieldType']
export type Register = Schema['RegisterView']
export type Code = Schema['CodeView']
export type CodeList = Schema['CodeListView']
export type Region = Schema['RegionView']

export type Entry = Schema['EntryView']
export type FieldValues = Entry['fields']
export type FieldValue = FieldValues[string]
export type EntryVersion = Schema['EntryVersionView']
export type StatementRef = Schema['StatementReference']
export type Import = Schema['Import']

export type Reason = Schema['Reason']
export type Match = Schema['MatchView']
export type Matches = Schema['MatchesView']
export type FeedbackMark = Schema['Mark']
export type RefusalReason = Schema['RefusalReason']
export type FeedbackVersion = Schema['FeedbackVersion']
export type ReceivedFeedback = Schema['ReceivedFeedback']
export type DigestSummary = Schema['DigestSummary']
export type DigestGroup = Schema['DigestGroup']
export type Round = Schema['Round']
export type ReasonCount = Schema['ReasonCount']
export type MatchedSupply = Schema['MatchedSupply']
export type Alternative = Schema['Alternative']
export type PlanStep = Schema['PlanStep']
export type ModelState = Schema['ModelState']
export type PreviewRequest = Schema['NeedPreview']
export type SearchHit = Schema['anonymousSearchHit']

export type Deal = Schema['DealView']
export type DealKind = Schema['Kind']
export type DealTerms = Schema['Terms']
export type DealAct = Schema['AllowedAct']
export type DealActRequest = Schema['ActRequest']
export type DealEvent = Schema['DealEvent']
export type Milestone = Schema['Milestone']
export type Evaluation = Schema['Evaluation']

export type Chain = Schema['AtlasChain']
export type ChainNode = Schema['NodeMeasures']
export type ChainEdge = Schema['ChainEdge']
export type ChainListed = Schema['ChainListed']
export type ChainNeighbour = Schema['NodeNeighbour']
export type ChainPosition = Schema['NodePosition']

export type Verification = Schema['ReceiptVerdictView']

export type AnalyticsTable = Schema['TableFacts']
export type QueryAnswer = Schema['QueryAnswer']
export type SavedQuery = Schema['SavedQuery']
