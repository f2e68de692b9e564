// What can go wrong with a request, as one kind of error that pages show.
import type { Bilingual, InputProblem, Problem } from './types'

/** Codes of the API's problem details, and three of our own: no connection, an answer that is no problem document, a bug. */
export type FailureCode =
  | 'invalid' | 'malformed' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'wrong_state' | 'version_mismatch'
  | 'too_large' | 'unsupported' | 'throttled' | 'storage_full' | 'unavailable' | 'offline' | 'unexpected'

const codeOfStatus: Record<number, FailureCode> = {
  400: 'malformed', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found', 409: 'conflict', 412: 'version_mismatch',
  413: 'too_large', 415: 'unsupported', 422: 'invalid', 429: 'throttled', 502: 'unavailable', 503: 'unavailable',
  504: 'unavailable', 507: 'storage_full',
}

export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly status: number,
    readonly text?: Bilingual,
    readonly problems: InputProblem[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(text?.en ?? code)
  }
}

/** Reads an error answer; anything that is not a problem document still becomes a Failure with the status' meaning. */
export function failureOf(status: number, body: unknown, retryAfter?: string | null): Failure {
  const problem = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {}
  const known = Object.values(codeOfStatus) as string[]
  const named = problem.code && (known.includes(problem.code) || problem.code === 'wrong_state') ? problem.code : undefined
  const code = (named as FailureCode | undefined) ?? codeOfStatus[status] ?? 'unexpected'
  const seconds = retryAfter ? Number.parseInt(retryAfter, 10) : Number.NaN
  return new Failure(code, status, problem.message, problem.problems ?? [], Number.isNaN(seconds) ? undefined : seconds)
}

/** "/fields/title" and "title" are the same field to a form; "/milestones/0/title" stays a path below its list. */
export function fieldOfPointer(pointer: string): string {
  return pointer.replace(/^\//, '').replace(/^(fields|terms)\//, '')
}

/** Problems by the form field they belong to; those of no field come under ''. */
export function problemsByField(problems: InputProblem[]): Record<string, InputProblem[]> {
  const byField: Record<string, InputProblem[]> = {}
  for (const problem of problems) (byField[fieldOfPointer(problem.field)] ??= []).push(problem)
  return byField
}
