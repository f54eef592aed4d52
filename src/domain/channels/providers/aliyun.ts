/**
 * Calling Alibaba Cloud's RPC services: what its SMS and its voice providers share. Promises that a failure says whether the
 * request may have been carried out, and that none of it holds a key, a number or a value.
 */
import { randomUUID } from 'node:crypto'
import { AliyunError, readableWords } from './aliyun-errors.ts'
import { signedForm } from './aliyun-signature.ts'
import { LineFailure, Lines, type Reply, reachOf, type Timeouts } from './lines.ts'

export type AliyunKey = { accessKeyId: string; accessKeySecret: string }
/** What the service answered. */
export type Answer = Record<string, unknown>
/** Objects and lists are handed over as JSON, as the service wants them; what is undefined is left out. */
export type Params = Record<string, string | number | object | undefined>

export type Aliyun = {
  /**
   * One call, always by POST.
   * @throws AliyunError unless the service said that it did what was asked
   */
  call(key: AliyunKey, endpoint: string, action: string, params: Params, signal?: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

const version = '2017-05-25'
const patience: Timeouts = { connect: 5_000, read: 10_000 }

const written = (params: Params): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
    ),
  )

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The service's id of a message or a call; empty for what is none. */
export const idOf = (value: unknown): string =>
  typeof value === 'string' && /^[\w^.:-]{1,100}$/.test(value) ? value : ''

/** What the code of an answer says; a few actions write it small. */
const succeeded = new Set<unknown>(['OK', '200', 'Success', 'success', 200])
const codeForm = /^[\p{L}\p{N}_.:-]{1,100}$/u

/** @throws AliyunError for every answer but a success */
function checked(reply: Reply): Answer {
  const { status, object: answer } = reply
  const said = answer && (answer.Code || answer.code)
  if (answer && succeeded.has(said)) return answer
  const isRefusal = typeof said === 'string' && codeForm.test(said)
  // A gateway that did not get the service's answer does not know what became of the request.
  const isLost = status === 502 || status === 504
  throw new AliyunError({
    code: isRefusal ? said : answer && status >= 400 ? `HTTP_${status}` : 'EANSWER',
    reach: isRefusal && !isLost ? 'answered' : reachOf(reply),
    words: readableWords(textOf(answer?.Message) || textOf(answer?.message)),
    status,
    ...(idOf(answer?.RequestId) ? { requestId: idOf(answer?.RequestId) } : {}),
  })
}

/** Calls with connections of their own. */
export function aliyun(options: { timeouts?: Partial<Timeouts> } = {}): Aliyun {
  const lines = new Lines({ ...patience, ...options.timeouts })

  async function call(key: AliyunKey, endpoint: string, action: string, params: Params, signal?: AbortSignal) {
    const all = {
      ...{ Action: action, Version: version, Format: 'JSON', AccessKeyId: key.accessKeyId },
      ...{ SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', SignatureNonce: randomUUID() },
      Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
      ...written(params),
    }
    const question = {
      url: endpoint.endsWith('/') ? endpoint : `${endpoint}/`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: signedForm(all, key.accessKeySecret),
    }
    try {
      return checked(await lines.ask({ ...question, ...(signal ? { signal } : {}) }))
    } catch (error) {
      throw error instanceof LineFailure ? new AliyunError({ code: error.code, reach: error.reach }) : error
    }
  }

  return { call, close: async () => lines.close() }
}
