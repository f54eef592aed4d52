/**
 * Calling Twilio. Its package makes the requests and signs them in; they go out, and their answers are read, over lines of
 * ours, because the package reads without a bound, waits for half a minute and takes a cut-off answer for a success. Promises
 * that a failure says whether the request may have been carried out, and that none of it holds a key, a number or a value.
 */
import type { RequestClient, Twilio } from 'twilio'
import { CallFailure, Lines, type Reply, reachOf, type Timeouts } from '../lines.ts'
import { type Fields, textOf } from '../reading.ts'
import { callerOf, type TwilioConfig } from './account.ts'
import { readableWords } from './errors.ts'

export type Service = {
  /**
   * One request, the one that `make` has the package's client make. What that client takes the answer for is not asked.
   * @throws CallFailure unless Twilio said that it did what was asked
   */
  call(config: TwilioConfig, make: (client: Twilio) => Promise<unknown>, signal?: AbortSignal): Promise<Fields>
  close(): Promise<void>
}

const patience: Timeouts = { connect: 5_000, read: 10_000 }

/** @throws CallFailure for every answer but a success */
function checked(reply: Reply): Fields {
  const { status, object: answer } = reply
  if (answer && status >= 200 && status < 300) return answer
  const code = /^\d{1,9}$/.test(textOf(answer?.code)) ? textOf(answer?.code) : ''
  // A gateway that did not get the service's answer does not know what became of the request.
  const isLost = status === 502 || status === 504
  throw new CallFailure({
    code: code || (answer && status >= 400 ? `HTTP_${status}` : 'EANSWER'),
    reach: code && !isLost ? 'answered' : reachOf(reply),
    words: readableWords(textOf(answer?.message)),
    status,
  })
}

/** As the package hands a request to what is to carry it out. */
type Request = Parameters<RequestClient['request']>[0]
type Carried = { statusCode: number; body: Fields }

/** Of the package's own carrier its client calls nothing but this. */
const carrierBy = (request: (made: Request) => Promise<Carried>): RequestClient =>
  ({ request }) as unknown as RequestClient

const form = (values: object | undefined): string =>
  new URLSearchParams(
    Object.entries(values ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString()

/** Loaded when somebody has an account there: it is large. */
const twilioPackage = () => import('twilio').then((file) => file.default)

async function clientFor(config: TwilioConfig, endpoint: string | undefined, carrier: RequestClient): Promise<Twilio> {
  const twilio = await twilioPackage()
  // Nothing of it is left to what else the environment may have of Twilio's.
  const given = { accountSid: config.accountSid, edge: '', region: '', logLevel: 'none' }
  const client = twilio(...callerOf(config), { ...given, httpClient: carrier })
  if (endpoint) for (const domain of [client.api, client.messaging]) domain.baseUrl = endpoint
  return client
}

/** Calls with connections of their own. @param endpoint in place of Twilio's own addresses */
export function service({ endpoint, timeouts }: { endpoint?: string; timeouts?: Partial<Timeouts> } = {}): Service {
  const lines = new Lines({ ...patience, ...timeouts })

  function ask({ method, uri, username = '', password = '', headers, params, data }: Request, signal?: AbortSignal) {
    const query = form(params)
    const basic = Buffer.from(`${username}:${password}`).toString('base64')
    return lines.ask({
      url: query ? `${uri}?${query}` : uri,
      headers: { ...(headers as Record<string, string>), authorization: `Basic ${basic}` },
      ...(method === 'post' ? { body: form(data as object) } : {}),
      ...(signal ? { signal } : {}),
    })
  }

  return {
    async call(config, make, signal) {
      let reply: Promise<Reply> | undefined
      const carrier = carrierBy(async (made) => {
        reply = ask(made, signal)
        const { status, object = {} } = await reply
        return { statusCode: status, body: object }
      })
      const client = await clientFor(config, endpoint, carrier)
      await make(client).catch(() => undefined)
      if (!reply) throw new CallFailure({ code: 'EREQUEST', reach: 'unsent' })
      return checked(await reply)
    },
    close: async () => lines.close(),
  }
}
