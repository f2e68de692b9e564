// The API's paths as the client names them: below /api/v1.
import type { paths as everyPath } from './schema'

export type paths = { [Path in keyof everyPath as Path extends `/api/v1${infer Below}` ? Below : never]: everyPath[Path] }

export type DealQuery = NonNullable<paths['/deals']['get']['parameters']['query']>
export type FeedbackQuery = NonNullable<paths['/feedback/received']['get']['parameters']['query']>
export type EntryQuery = NonNullable<paths['/registers/{register}/entries']['get']['parameters']['query']>
