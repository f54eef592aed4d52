/** The AccessKey of an Alibaba Cloud account: how a form asks for it, what of it may be shown, and how it is proven. */
import { z } from 'zod'
import type { Stage, StageResult } from '#channels/contract.ts'
import { field } from '#channels/fields.ts'
import type { ContentCode } from '#channels/problems.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import type { AliyunKey } from './aliyun.ts'
import { AliyunError, lookupErrorFrom } from './errors.ts'

const visible = /^[\x21-\x7e]+$/

/** The fields that every Alibaba Cloud account has. */
export const keyFields = {
  accessKeyId: field(
    z
      .string()
      .trim()
      .min(1)
      .max(128)
      .regex(/^[A-Za-z0-9._-]*$/, { error: 'invalid_access_key_id' satisfies ContentCode }),
    { label: 'accessKeyId', destination: true },
  ),
  accessKeySecret: field(
    z
      .string()
      .trim()
      .min(1)
      .max(256)
      .refine((secret) => secret === '' || visible.test(secret), {
        error: 'invalid_access_key_secret' satisfies ContentCode,
      }),
    { label: 'accessKeySecret', secret: true },
  ),
}

/** The one line that says which key an account has: `LTAI5t••••34Kq`. */
export const identityOf = ({ accessKeyId: id }: Pick<AliyunKey, 'accessKeyId'>): string =>
  id.length >= 14 ? `${id.slice(0, 6)}••••${id.slice(-4)}` : `${id.slice(0, 2)}••••${id.slice(-2)}`

export const secretsOf = ({ accessKeyId, accessKeySecret }: AliyunKey): string[] => [accessKeySecret, accessKeyId]

export type Timed<T> = { ms: number; value: T } | { ms: number; failure: StageFailure }
type StageFailure = Required<Pick<StageResult, 'cause' | 'code'>> &
  Pick<StageResult, 'detail' | 'requestId' | 'passing'>

/** Asks, and says how it went and how long it took. `permission` is the cause where the key may not ask this. */
export async function timed<T>(key: AliyunKey, permission: VendorCause, ask: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  try {
    return { value: await ask(), ms: elapsed() }
  } catch (error) {
    if (!(error instanceof AliyunError)) throw error
    const { reason, kind, code, detail, requestId } = lookupErrorFrom(error, secretsOf(key), permission)
    // What may pass at another try says nothing about the account.
    const passing = kind === 'retry' ? { passing: true as const } : {}
    const more = { ...passing, ...(detail ? { detail } : {}), ...(requestId ? { requestId } : {}) }
    return { ms: elapsed(), failure: { cause: reason, code, ...more } }
  }
}

/** Causes that leave open whether the key is right. After any other the service has looked at it and accepted it. */
const ofTheKey = new Set([
  'aliyun_key_unknown',
  'aliyun_key_disabled',
  'aliyun_secret_wrong',
  'aliyun_clock',
  'aliyun_risk_control',
  'aliyun_endpoint',
  'aliyun_throttled',
  'aliyun_unavailable',
  'aliyun_repeated',
  'aliyun_host_not_found',
  'aliyun_unreachable',
  'aliyun_certificate',
  'aliyun_no_answer',
  'aliyun_cancelled',
])

/**
 * Two stages out of one question, since the service has none that every key may ask: whether the key is accepted, and
 * whether it may do this.
 */
export function* stagesOf(stage: Stage, asked: Timed<unknown>): Generator<StageResult, boolean> {
  const failure = 'failure' in asked ? asked.failure : undefined
  const isAccepted = !failure || !ofTheKey.has(failure.cause)
  yield { stage: 'credentials', ok: isAccepted, ms: asked.ms, ...(isAccepted ? {} : failure) }
  if (isAccepted) yield { stage, ok: !failure, ms: 0, ...failure }
  return !failure
}
