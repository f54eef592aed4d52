/**
 * The way to every API: faults first, then method, token, right and quota in one fixed order, then the API itself.
 * Promises that a fault strikes the API that sends unless it names another, and that a refusal is an HTTP 200.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, type Faults, textOf, wholeOf } from '../faults.ts'
import type { Reply, Request, Route } from '../http.ts'
import type { OfficialAccount, OfficialAccounts } from './official-accounts.ts'
import type { ApiName, Quotas } from './quotas.ts'
import { jsonReply, Refusal, refusal, refusalReply } from './refusals.ts'
import type { Tokens } from './tokens.ts'

export type Call = { request: Request; at: number }
export type AccountCall = Call & { account: OfficialAccount }

type Common = {
  name: ApiName
  method: 'GET' | 'POST'
  /** Whom it would reach; only of the API that sends. */
  recipient?(body: string): string
}

/** What `answer` gives is JSON as it goes out. It throws a `Refusal`. */
export type Api = Common &
  (
    | { takesToken: false; answer(call: Call): string }
    | { takesToken: true; needsTemplateRight?: true; answer(call: AccountCall): string }
  )

type GatewayParts = {
  accounts: OfficialAccounts
  faults: Faults
  quotas: Quotas
  tokens: Tokens
  now: () => number
}

const errorPage = `<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`

type Strike = (kind: string) => Fault | undefined

export class Gateway {
  readonly #parts: GatewayParts

  constructor(parts: GatewayParts) {
    this.#parts = parts
  }

  /** A wrong method gets an answer of the API's own, so each path takes both. */
  routes(apis: readonly Api[]): Route[] {
    return apis.flatMap((api) =>
      (['GET', 'POST'] as const).map((method) => ({
        method,
        path: new RegExp(`^/cgi-bin/${api.name}$`),
        answer: (request: Request) => this.#handle(api, request),
      })),
    )
  }

  async #handle(api: Api, request: Request): Promise<Reply> {
    const strike = this.#striker(api, request)
    this.#parts.quotas.note(api.name)
    if (strike('reset')) return 'reset'
    if (strike('html_502')) return { status: 502, type: 'text/html', body: errorPage }
    const reply = this.#answer(api, request, strike)
    const delay = strike('delay')
    if (delay) await wait(wholeOf(delay, 'ms'))
    return strike('reset_after_send') ? 'reset' : reply
  }

  #striker(api: Api, { body }: Request): Strike {
    const isHere = (fault: Fault) => {
      const named = textOf(fault, 'api')
      return named === undefined ? api.recipient !== undefined : named === '*' || named === api.name
    }
    const recipients = api.recipient ? [api.recipient(body)] : []
    return (kind) => this.#parts.faults.take('official_account', kind, recipients, isHere)
  }

  #answer(api: Api, request: Request, strike: Strike): Exclude<Reply, 'reset'> {
    const at = this.#parts.now()
    try {
      if (strike('system_error')) throw refusal(-1)
      const rejected = strike('reject')
      if (rejected) throw refusal(wholeOf(rejected, 'errcode') ?? -1, textOf(rejected, 'errmsg'))
      if (request.method !== api.method) throw refusal(api.method === 'GET' ? 43001 : 43002)
      if (!api.takesToken) return jsonReply(api.answer({ request, at }))
      const account = this.#authenticate(request, at)
      if (api.needsTemplateRight && !account.mayUseTemplates) throw refusal(48001)
      this.#parts.quotas.count(account, api.name, at)
      return jsonReply(api.answer({ request, at, account }))
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error, at)
      throw error
    }
  }

  #authenticate({ url }: Request, at: number): OfficialAccount {
    const token = url.searchParams.get('access_token')
    if (!token) throw refusal(41001)
    const account = this.#parts.accounts.find(this.#parts.tokens.ownerOf(token, at))
    if (!account) throw refusal(40001)
    return account
  }
}
