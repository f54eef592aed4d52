/**
 * Calling Alibaba Cloud's RPC services: what its SMS and its voice providers share. pop-core makes and signs the requests; their
 * answers are read here, because it hides the HTTP status, reads without a bound and waits for ever for what was cut off.
 * Promises that a failure says whether the request may have been carried out, and that none of it holds a key, a number or a value.
 */
import RPCClient from '@alicloud/pop-core'
import { CallFailure, Lines, type Reply, reachOf, type Timeouts } from '../lines.ts'
import { type Fields, textOf } from '../reading.ts'
import { readableWords } from './errors.ts'

export type AliyunKey = { accessKeyId: string; accessKeySecret: string }
/** Objects and lists are handed over as JSON, as the service wants them; what is undefined is left out. */
export type Params = Record<string, string | number | object | undefined>

export type Aliyun = {
  /**
   * One call, always by POST.
   * @throws CallFailure unless the service said that it did what was asked
   */
  call(key: AliyunKey, endpoint: string, action: string, params: Params, signal?: AbortSignal): Promise<Fields>
  close(): Promise<void>
}

const version = '2017-05-25'
const mostClients = 200
const patience: Timeouts = { connect: 5_000, read: 10_000 }

const written = (params: Params): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
    ),
  )

/** The service's id of a message or a call; empty for what is none. */
export const idOf = (value: unknown): string =>
  typeof value === 'string' && /^[\w^.:-]{1,100}$/.test(value) ? value : ''

/** What the code of an answer says; a few actions write it small. */
const succeeded = new Set<unknown>(['OK', '200', 'Success', 'success', 200])
const codeForm = /^[\p{L}\p{N}_.:-]{1,100}$/u

/** @throws CallFailure for every answer but a success */
function checked(reply: Reply): Fields {
  const { status, object: answer } = reply
  const code = answer && (answer.Code || answer.code)
  if (answer && succeeded.has(code)) return answer
  const isRefusal = typeof code === 'string' && codeForm.test(code)
  // A gateway that did not get the service's answer does not know what became of the request.
  const isLost = status === 502 || status === 504
  throw new CallFailure({
    code: isRefusal ? code : answer && status >= 400 ? `HTTP_${status}` : 'EANSWER',
    reach: isRefusal && !isLost ? 'answered' : reachOf(reply),
    words: readableWords(textOf(answer?.Message) || textOf(answer?.message)),
    status,
    requestId: idOf(answer?.RequestId) || undefined,
  })
}

/** Clients by endpoint and key; those used longest ago go first. They hold no connections. */
function keptClients(): (endpoint: string, key: AliyunKey) => RPCClient {
  const clients = new Map<string, RPCClient>()
  return (endpoint, key) => {
    const name = JSON.stringify([endpoint, key.accessKeyId, key.accessKeySecret])
    const client = clients.get(name) ?? new RPCClient({ endpoint, apiVersion: version, ...key })
    clients.delete(name)
    clients.set(name, client)
    for (const oldest of clients.keys()) {
      if (clients.size <= mostClients) break
      clients.delete(oldest)
    }
    return client
  }
}

/** Calls with connections of their own. */
export function aliyun(options: { timeouts?: Partial<Timeouts> } = {}): Aliyun {
  const timeouts = { ...patience, ...options.timeouts }
  const lines = new Lines(timeouts)
  const clientFor = keptClients()
  // Ours ends first: pop-core's would end a request without letting go of its line.
  const theirPatience = timeouts.connect + timeouts.read + 5_000

  async function call(key: AliyunKey, url: string, action: string, params: Params, signal?: AbortSignal) {
    const make: Parameters<Lines['askBy']>[0] = (agent) =>
      clientFor(url, key).request(action, written(params), {
        ...{ method: 'POST', timeout: theirPatience, agent, formatAction: false, formatParams: false },
      })
    return checked(await lines.askBy(make, { url, ...(signal ? { signal } : {}) }))
  }

  return { call, close: async () => lines.close() }
}
