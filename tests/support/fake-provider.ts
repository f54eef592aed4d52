/** A provider that lives in the test: it answers as its script says and keeps every call. */
import { z } from 'zod'
import { type Provider, SendError, type SendErrorKind, type SendOptions, type StageResult } from '#channels/contract.ts'
import { field } from '#channels/fields.ts'
import type { ChannelId } from '#channels/traits.ts'

export const FakeConfig = z.object({
  host: field(z.string().trim().toLowerCase().min(1), { label: 'smtpHost', destination: true }),
  username: field(z.string().default(''), { label: 'smtpUsername', destination: true }),
  password: field(z.string().min(1), { label: 'smtpPassword', secret: true }),
  pin: field(z.string().default(''), { label: 'smtpPassword', secret: true }),
  fromName: field(z.string().default(''), { label: 'fromName' }),
})
export type FakeConfig = z.infer<typeof FakeConfig>

export type Call = {
  config: FakeConfig
  to: string
  message: unknown
  reference: string
  attempt: number
  signal?: AbortSignal
} & Pick<SendOptions, 'expiresAt' | 'receiptToken'>
type Answer = { providerMessageId: string } | undefined

export type FakeProvider = Provider<FakeConfig, unknown> & {
  /** Every call of `send`, answered or not, in order. */
  calls: Call[]
  /** How a call is answered: accepted, unless this throws or says otherwise. May be changed at any time. */
  onSend: (call: Call) => Promise<Answer> | Answer
  /** The stages of a check. Unless changed: one, `login`, which a password of "wrong" fails. */
  onCheck: (config: FakeConfig, options: { testRecipient?: string }) => AsyncIterable<StageResult>
  /** Lets the next calls, one for each error, fail and the following ones pass. */
  failNext(...errors: SendError[]): void
  /** References in the order they were accepted. */
  accepted: string[]
}

async function* login(config: FakeConfig, options: { testRecipient?: string }): AsyncGenerator<StageResult> {
  yield { stage: 'connect', ok: true, ms: 1 }
  if (config.password === 'wrong') {
    yield { stage: 'login', ok: false, ms: 2, cause: 'login_rejected', code: '535', detail: 'Wrong password' }
    return
  }
  yield { stage: 'login', ok: true, ms: 2 }
  if (options.testRecipient) yield { stage: 'sender', ok: true, ms: 3 }
}

export function fakeProvider(
  options: { id?: string; channel?: ChannelId; repeatable?: boolean } = {},
): FakeProvider & Provider {
  const fake: FakeProvider = {
    id: options.id ?? 'fake',
    channel: options.channel ?? 'email',
    config: FakeConfig,
    identity: ({ username, host }) => `${username}@${host}`,
    repeatable: options.repeatable ?? true,
    calls: [],
    accepted: [],
    onSend: () => undefined,
    onCheck: login,
    failNext(...errors) {
      const left = [...errors]
      fake.onSend = () => {
        const error = left.shift()
        if (error) throw error
        return undefined
      }
    },
    check: (config, given) => fake.onCheck(config, given),
    async send(config, to, message, { reference, signal, expiresAt, receiptToken }) {
      const attempt = fake.calls.filter((call) => call.reference === reference).length + 1
      const call = {
        ...{ config, to, message, reference, attempt },
        ...(signal ? { signal } : {}),
        ...(expiresAt ? { expiresAt } : {}),
        ...(receiptToken ? { receiptToken } : {}),
      }
      fake.calls.push(call)
      const answer = await fake.onSend(call)
      fake.accepted.push(reference)
      return answer ?? { providerMessageId: `fake-${fake.calls.length}` }
    },
  }
  return asProvider(fake)
}

/** A catalog holds providers of any config; what reaches one is what its own schema parsed. */
const asProvider = (fake: FakeProvider) => fake as FakeProvider & Provider

export const refusal = (kind: SendErrorKind, code = '450', detail = 'the words of the provider', retryAfter?: number) =>
  new SendError(kind, code, detail, retryAfter)
