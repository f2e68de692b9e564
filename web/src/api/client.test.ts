import { webcrypto } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from './failure'

const origin = 'http://node.example'

/** A client whose requests are answered so. It asks for paths of its own page; in a test there is no page. */
async function answered(body: unknown, status = 200) {
  const asked: Request[] = []
  const RealRequest = globalThis.Request
  vi.stubGlobal('Request', class extends RealRequest {
    constructor(input: string | URL | Request, init?: RequestInit) {
      super(typeof input === 'string' ? origin + input : input, init)
    }
  })
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request)
    if (body === undefined) throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
  })
  // Node 18 has it, but not as a global.
  vi.stubGlobal('crypto', webcrypto)
  vi.resetModules()
  return { asked, ...(await import('./client')) }
}
const failureOfRequest = async (request: Promise<unknown>) => (await request.then(() => undefined, (failure: Failure) => failure))!

afterEach(() => vi.unstubAllGlobals())

describe('headers of a request', () => {
  it('marks changes so that other sites cannot send them, and names each POST', async () => {
    const { writeHeaders } = await answered({})
    expect(writeHeaders('GET')).not.toHaveProperty('X-Jingwei-Request')
    expect(writeHeaders('PUT')).toMatchObject({ 'X-Jingwei-Request': '1' })
    expect(writeHeaders('PUT')).not.toHaveProperty('Idempotency-Key')
    expect(writeHeaders('POST')['Idempotency-Key']).not.toBe(writeHeaders('POST')['Idempotency-Key'])
  })
  it('sends them, with the version that was read', async () => {
    const { asked, apiRoot, ifMatch, PUT, take } = await answered({})
    await take(PUT('/needs/{id}/problems', { params: { path: { id: 'need_1' }, header: ifMatch(3) }, body: { problems: [] } }))
    expect(asked[0]!.url).toBe(`${origin}${apiRoot}/needs/need_1/problems`)
    expect(asked[0]!.headers.get('If-Match')).toBe('"3"')
    expect(asked[0]!.headers.get('X-Jingwei-Request')).toBe('1')
  })
})

describe('an answer', () => {
  it('is its value', async () => {
    const { GET, take } = await answered({ items: [] })
    expect(await take(GET('/registers'))).toEqual({ items: [] })
  })
  it('that refuses is a failure with its problems', async () => {
    const problems = [{ field: '/title', reason: { zh: '缺', en: 'missing' }, remedy: { zh: '补', en: 'fill in' } }]
    const { GET, take } = await answered({ code: 'invalid', problems }, 422)
    expect(await failureOfRequest(take(GET('/registers')))).toMatchObject({ code: 'invalid', problems })
  })
  it('that never comes is a failure of the connection', async () => {
    const { GET, take } = await answered(undefined)
    expect(await failureOfRequest(take(GET('/registers')))).toMatchObject({ code: 'offline' })
  })
})

it('takes the name of a download from its header, in any script', async () => {
  const { fileNameOf } = await import('./client')
  expect(fileNameOf("attachment; filename=\"__-1.xlsx\"; filename*=UTF-8''%E4%BB%BB%E5%8A%A1-1.xlsx")).toBe('任务-1.xlsx')
  expect([fileNameOf('attachment; filename="a.csv"'), fileNameOf(null)]).toEqual([undefined, undefined])
})
