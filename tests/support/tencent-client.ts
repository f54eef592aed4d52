/** The official client of Tencent Cloud SMS, pointed at the simulator. */
import { sms } from 'tencentcloud-sdk-nodejs-sms'
import { accessFrom, Keys } from '#simulator/tencent/access.ts'
import type { Simulator } from './simulator.ts'

type Answer = Record<string, unknown>
export type Options = { key?: keyof Keys['ids']; secretId?: string; secretKey?: string }

export const accessOf = (simulator: Simulator) => accessFrom(simulator.smtp.password)

/** Calls an action; rejects with what it was refused with as `code`. */
export function tencentClient(simulator: Simulator, { key = 'main', ...given }: Options = {}) {
  const { secretKey } = accessOf(simulator)
  const endpoint = `${new URL(simulator.url).host}/tencent`
  const client = new sms.v20210111.Client({
    credential: { secretId: new Keys(simulator.smtp.password).ids[key], secretKey, ...given },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint, protocol: 'http://', reqTimeout: 5 } },
  })
  return (action: string, parameters: Answer = {}): Promise<Answer> => client.request(action, parameters)
}

/** The code that a call is refused with. */
export const codeOf = (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => undefined,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )
