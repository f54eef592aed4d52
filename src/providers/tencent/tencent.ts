/**
 * Calling Tencent Cloud SMS (API 3.0, version 2021-01-11). The official client makes and signs the requests (TC3-HMAC-SHA256);
 * their answers are read here, because it hides how far a request came, unpacks and reads without a bound, and follows a
 * proxy of the environment by itself. Promises that a failure says whether the request may have been carried out.
 */
import type { Agent } from 'node:http'
import { CallFailure, Lines, type Reply, reachOf, type Timeouts } from '../lines.ts'
import { type Fields, listOf, objectOf, textOf } from '../reading.ts'
import { readableWords } from './errors.ts'

export type TencentKey = { secretId: string; secretKey: string }
/** Where an account is served. */
export type Place = { url: string; region: string }

export type Tencent = {
  /** One call, and the `Response` of its answer. @throws CallFailure unless the service answered it; a refusal within an answer is the caller's to find */
  call(key: TencentKey, place: Place, action: string, params: object, signal?: AbortSignal): Promise<Fields>
  close(): Promise<void>
}

const patience: Timeouts = { connect: 5_000, read: 10_000 }

/** An id of the service's; empty for what is none. */
export const idOf = (value: unknown): string =>
  typeof value === 'string' && /^[\w:.-]{1,100}$/.test(value) ? value : ''

/** A list of an answer; an empty one may be null. @throws CallFailure where there is none: that is no answer to the question */
export function listIn(answer: Fields, name: string): Fields[] {
  const list = Object.hasOwn(answer, name) ? answer[name] : undefined
  if (list !== null && !Array.isArray(list)) {
    throw new CallFailure({ code: 'EANSWER', reach: 'unanswered', status: 200 })
  }
  return listOf(list)
}

/** A code of the service's; undefined for what is none. */
export const codeOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][\w.]{1,99}$/.test(value) ? value : undefined

/** @throws CallFailure for every answer that is not one of the service's, or refuses the call */
function checked(reply: Reply): Fields {
  const { status, object } = reply
  const answer = object && Object.hasOwn(object, 'Response') ? objectOf(object.Response) : {}
  const refusal = objectOf(answer.Error)
  const code = codeOf(refusal.Code)
  if (status === 200 && Object.hasOwn(answer, 'RequestId') && answer.Error === undefined) return answer
  // A gateway that did not get the service's answer does not know what became of the request.
  const isLost = status === 502 || status === 504
  throw new CallFailure({
    code: code ?? (object && status >= 400 ? `HTTP_${status}` : 'EANSWER'),
    reach: code !== undefined && !isLost ? 'answered' : reachOf(reply),
    words: readableWords(textOf(refusal.Message)),
    status,
    requestId: idOf(answer.RequestId) || undefined,
  })
}

/** A client of the SDK for one call: it holds no connection. Loaded by who needs it, since it takes 18 MB. */
async function clientFor({ secretId, secretKey }: TencentKey, { url, region }: Place, agent: Agent) {
  const { sms } = await import('tencentcloud-sdk-nodejs-sms')
  const { protocol, host, pathname } = new URL(url)
  const client = new sms.v20210111.Client({
    credential: { secretId, secretKey },
    region,
    profile: {
      language: 'en-US',
      // Ours ends first, and ends the request. Nothing is compressed, so that its size is known.
      httpProfile: {
        endpoint: host,
        protocol: `${protocol}//`,
        reqTimeout: 0,
        agent,
        headers: { 'Accept-Encoding': 'identity' },
      },
    },
  })
  client.path = pathname
  return client
}

/** Calls with connections of their own. */
export function tencent(options: { timeouts?: Partial<Timeouts> } = {}): Tencent {
  const lines = new Lines({ ...patience, ...options.timeouts })

  async function call(key: TencentKey, place: Place, action: string, params: object, signal?: AbortSignal) {
    const make: Parameters<Lines['askBy']>[0] = async (agent) => {
      const client = await clientFor(key, place, agent)
      signal?.throwIfAborted()
      return client.request(action, params)
    }
    return checked(await lines.askBy(make, { url: place.url, alone: true, ...(signal ? { signal } : {}) }))
  }

  return { call, close: async () => lines.close() }
}
