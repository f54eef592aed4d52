/** The AccessKey of an Alibaba Cloud account: how a form asks for it, and how questions are asked with it. */
import { z } from 'zod'
import { field } from '#channels/fields.ts'
import type { ContentCode } from '#channels/problems.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import { answerOr } from '../asking.ts'
import { masked } from '../redaction.ts'
import type { Aliyun, AliyunKey } from './aliyun.ts'
import { type AliyunCause, lookupErrorFrom } from './errors.ts'
import type { Ask } from './lists.ts'

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

export const identityOf = ({ accessKeyId }: Pick<AliyunKey, 'accessKeyId'>): string => masked(accessKeyId)

export const secretsOf = ({ accessKeyId, accessKeySecret }: AliyunKey): string[] => [accessKeySecret, accessKeyId]

/** Asks with an account's key. `permission`: the cause where the key may not ask this. @throws LookupError */
export type Lookup = <T>(permission: VendorCause, read: (ask: Ask) => Promise<T>) => Promise<T>

export const lookupWith = (service: Aliyun, endpoint: string, key: AliyunKey, signal?: AbortSignal): Lookup => {
  const ask: Ask = (action, params) => service.call(key, endpoint, action, params, signal)
  return (permission, read) => answerOr(read(ask), (failure) => lookupErrorFrom(failure, secretsOf(key), permission))
}

/** Causes that leave open whether the key is right. */
export const openCauses = [
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
] as const satisfies AliyunCause[]
