import { describe, expect, it } from 'vitest'
import { failureOf, fieldOfPointer, problemsByField } from './failure'

const sentence = { zh: '已被别人改过', en: 'Changed by somebody else' }

describe('an error answer', () => {
  it('keeps code, sentence and problems of a problem document', () => {
    const problems = [{ field: '/fields/title', reason: sentence, remedy: sentence }]
    const failure = failureOf(422, { type: 'urn:jingwei:problem:invalid', title: 'x', status: 422, code: 'invalid', message: sentence, problems })
    expect([failure.code, failure.status, failure.text, failure.problems]).toEqual(['invalid', 422, sentence, problems])
  })
  it('tells the two kinds of 409 apart', () => {
    expect(failureOf(409, { code: 'wrong_state' }).code).toBe('wrong_state')
    expect(failureOf(409, { code: 'conflict' }).code).toBe('conflict')
  })
  it.each([[400, 'malformed'], [401, 'unauthenticated'], [403, 'forbidden'], [404, 'not_found'], [412, 'version_mismatch'], [429, 'throttled'], [502, 'unavailable'], [507, 'storage_full'], [500, 'unexpected'], [418, 'unexpected']])(
    '%i without a problem document is %s',
    (status, code) => {
      for (const body of [undefined, null, '<html>', { code: 'nonsense' }]) expect(failureOf(status, body).code).toBe(code)
    },
  )
  it('reads how long to wait', () => {
    expect(failureOf(429, {}, '17').retryAfterSeconds).toBe(17)
    expect(failureOf(429, {}, 'soon').retryAfterSeconds).toBeUndefined()
  })
})

describe('the field of a problem', () => {
  it.each([['/fields/title', 'title'], ['title', 'title'], ['/new_password', 'new_password'], ['/terms/milestones/0/title', 'milestones/0/title'], ['', '']])('%s is %s', (pointer, field) => {
    expect(fieldOfPointer(pointer)).toBe(field)
  })
  it('gathers all problems of one field', () => {
    const problem = (field: string) => ({ field, reason: sentence, remedy: sentence })
    expect(Object.keys(problemsByField([problem('/fields/title'), problem('title'), problem('')]))).toEqual(['title', ''])
  })
})
