/**
 * The server address that a developer set for an official account, and the requests that WeChat makes to it. Promises
 * that each is signed, and that a server which is away, slow or wrong is an answer like any other.
 */
import { randomBytes, randomInt } from 'node:crypto'
import { type Fault, type Faults, textOf, wholeOf } from '../faults.ts'
import { encrypt, signatureOf } from './message-crypt.ts'
import type { OfficialAccount, OfficialAccounts } from './official-accounts.ts'

type Mode = 'plain' | 'compatible' | 'secure'

type Callback = {
  account: OfficialAccount
  url: string
  token: string
  aesKey: string
  mode: Mode
  /** How long an answer is waited for, in milliseconds. */
  patience: number
}

/** What came back, or why nothing did. */
type Answer = { status: number; body: string } | { why: string }

/** What verifying the address found. */
export type Verification = { answered: true } | { answered: false; why: string }

type Field = readonly [name: string, value: string, isNumber?: true]

const xmlField = ([name, value, isNumber]: Field): string =>
  isNumber ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`

const xml = (fields: readonly Field[]): string => `<xml>\n${fields.map(xmlField).join('\n')}\n</xml>`

export class Callbacks {
  readonly #faults: Faults
  readonly #accounts: OfficialAccounts
  readonly #now: () => number
  readonly #stopped = new AbortController()

  constructor(faults: Faults, accounts: OfficialAccounts, now: () => number) {
    this.#faults = faults
    this.#accounts = accounts
    this.#now = now
  }

  of(account: OfficialAccount): Callback | undefined {
    const isMeant = (fault: Fault) => this.#accounts.named(textOf(fault, 'appId')) === account
    const set = this.#faults.inForce('official_account', 'callback').find(isMeant)
    return (
      set && {
        account,
        url: textOf(set, 'url') ?? '',
        token: textOf(set, 'token') ?? '',
        aesKey: textOf(set, 'aesKey') ?? '',
        mode: (textOf(set, 'mode') ?? 'plain') as Mode,
        patience: wholeOf(set, 'patience') ?? 5_000,
      }
    )
  }

  /** Asks the server to repeat a text, as WeChat does before it takes the address. */
  async verify(callback: Callback): Promise<Verification> {
    const echo = `${randomInt(1, 10)}${this.#now()}${randomInt(10_000, 100_000)}`
    const url = this.#signed(callback, { echostr: echo })
    const answer = await this.#ask(url, { method: 'GET' }, callback.patience)
    if ('why' in answer) return { answered: false, why: answer.why }
    if (answer.status !== 200) return { answered: false, why: `The server answered with HTTP ${answer.status}.` }
    return answer.body === echo
      ? { answered: true }
      : { answered: false, why: 'The server did not answer with the text of "echostr".' }
  }

  /** Posts an event; true when the server took it. */
  async post(callback: Callback, openid: string, fields: readonly Field[]): Promise<boolean> {
    const { account, aesKey, mode, patience } = callback
    const plain = xml(fields)
    const sealed = mode === 'plain' ? '' : encrypt(plain, aesKey, account.appId)
    const url = this.#signed(callback, { openid }, sealed)
    const to: Field = ['ToUserName', account.originalId]
    const bodies: Record<Mode, string> = {
      plain,
      compatible: xml([...fields, ['Encrypt', sealed]]),
      secure: xml([to, ['Encrypt', sealed]]),
    }
    const headers = { 'content-type': 'text/xml' }
    const answer = await this.#ask(url, { method: 'POST', headers, body: bodies[mode] }, patience)
    return 'status' in answer && answer.status === 200 && ['', 'success'].includes(answer.body.trim())
  }

  stop(): void {
    this.#stopped.abort()
  }

  #signed({ url, token }: Callback, more: Record<string, string>, sealed = ''): URL {
    const timestamp = String(Math.floor(this.#now() / 1000))
    const nonce = randomBytes(4).readUInt32BE().toString()
    const signed = new URL(url)
    const parameters = { signature: signatureOf(token, timestamp, nonce), timestamp, nonce, ...more }
    for (const [name, value] of Object.entries(parameters)) signed.searchParams.set(name, value)
    if (sealed) {
      signed.searchParams.set('encrypt_type', 'aes')
      signed.searchParams.set('msg_signature', signatureOf(token, timestamp, nonce, sealed))
    }
    return signed
  }

  async #ask(url: URL, request: RequestInit, patience: number): Promise<Answer> {
    try {
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(patience)])
      const response = await fetch(url, { ...request, redirect: 'manual', signal })
      return { status: response.status, body: await response.text() }
    } catch (error) {
      this.#stopped.signal.throwIfAborted()
      const isSlow = error instanceof Error && error.name === 'TimeoutError'
      return { why: isSlow ? `The server did not answer within ${patience} ms.` : 'The server cannot be reached.' }
    }
  }
}
