/** The real client of Alibaba Cloud, pointed at the simulator, and what its calls and errors look like. */
import { randomInt } from 'node:crypto'
import RpcClient from '@alicloud/pop-core'
import type { Simulator } from './simulator.ts'

type Method = 'POST' | 'GET'
type Parameters = Record<string, string | number>
export type Answer = Record<string, unknown>

export type AliyunClient = (action: string, parameters?: Parameters, method?: Method) => Promise<Answer>

type Options = { accessKeyId?: string; accessKeySecret?: string; timeout?: number; apiVersion?: string }

/** A client with the simulator's own key unless another is asked for. It always POSTs unless told. */
export function aliyunClient(simulator: Simulator, service: 'sms' | 'voice', options: Options = {}): AliyunClient {
  const { aliyun } = simulator
  const { timeout = 5_000, apiVersion = '2017-05-25' } = options
  const client = new RpcClient({
    endpoint: aliyun.endpoints[service],
    apiVersion,
    accessKeyId: options.accessKeyId ?? aliyun.accessKeyId,
    accessKeySecret: options.accessKeySecret ?? aliyun.accessKeySecret,
  })
  return (action, parameters = {}, method = 'POST') => client.request<Answer>(action, parameters, { method, timeout })
}

/** How a call failed: the code and message of the service, and the HTTP status that the client hides. */
export type Failure = {
  name: string
  code: string | undefined
  /** The service's own words, without the address that the client adds. */
  said: string | undefined
  status: number | undefined
  data: Answer | undefined
}

type ClientError = {
  name: string
  code?: string
  data?: Answer
  entry?: { response?: { statusCode?: number } }
}

/** Awaits a failure; a call that succeeds is answered with code `OK`. */
export const failure = (call: Promise<Answer>): Promise<Failure> =>
  call.then(
    () => ({ name: '', code: 'OK', said: undefined, status: 200, data: undefined }),
    (error: ClientError) => ({
      name: error.name,
      code: error.code,
      said: error.data?.Message as string | undefined,
      status: error.entry?.response?.statusCode,
      data: error.data,
    }),
  )

/** A mainland mobile number of China Mobile that no other test uses. */
export const anyMobile = (): string => `139${String(randomInt(100_000_000)).padStart(8, '0')}`
