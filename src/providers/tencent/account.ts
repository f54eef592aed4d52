/** A Tencent Cloud SMS account: how a form asks for it, what of it may be shown, and how it is proven. */
import { z } from 'zod'
import type { StageResult } from '#channels/contract.ts'
import { field } from '#channels/fields.ts'
import type { ContentCode } from '#channels/problems.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import { answerOr, keyStages, timed } from '../asking.ts'
import type { Fields } from '../reading.ts'
import { masked } from '../redaction.ts'
import { lookupErrorFrom, sendPermission, type TencentCause } from './errors.ts'
import type { Place } from './tencent.ts'

/** The site that an account was opened at: its address, and the region that calls are made in. */
const places = {
  'ap-guangzhou': 'https://sms.tencentcloudapi.com',
  'ap-singapore': 'https://sms.intl.tencentcloudapi.com',
} as const
type Region = keyof typeof places
const regions = Object.keys(places) as [Region, ...Region[]]

export const TencentSmsConfig = z.object({
  secretId: field(
    z
      .string()
      .trim()
      .min(1)
      .max(128)
      .regex(/^[A-Za-z0-9._-]*$/, { error: 'invalid_secret_id' satisfies ContentCode }),
    { label: 'tencentSecretId', destination: true },
  ),
  secretKey: field(
    z
      .string()
      .trim()
      .min(1)
      .max(256)
      .refine((secret) => secret === '' || /^[\x21-\x7e]+$/.test(secret), {
        error: 'invalid_secret_key' satisfies ContentCode,
      }),
    { label: 'tencentSecretKey', secret: true },
  ),
  sdkAppId: field(
    z
      .string()
      .trim()
      .min(1)
      .max(20)
      .regex(/^\d*$/, { error: 'invalid_sdk_app_id' satisfies ContentCode }),
    {
      label: 'tencentAppId',
      destination: true,
    },
  ),
  region: field(z.enum(regions).default('ap-guangzhou'), {
    label: 'tencentRegion',
    destination: true,
    input: 'select',
    options: regions,
    advanced: true,
    initial: 'ap-guangzhou',
  }),
})
export type TencentSmsConfig = z.infer<typeof TencentSmsConfig>

/** @param endpoint in place of the region's */
export const placeOf = ({ region }: TencentSmsConfig, endpoint?: string): Place => ({
  url: endpoint ? `${endpoint.replace(/\/$/, '')}/` : `${places[region]}/`,
  region,
})

/** The one line that says which application of which key it is: `AKID••••3Kqw · 1400006666`. */
export const identityOf = ({ secretId: id, sdkAppId }: TencentSmsConfig): string => `${masked(id)} · ${sdkAppId}`

export const secretsOf = ({ secretId, secretKey }: TencentSmsConfig): string[] => [secretKey, secretId]

/** One action with the account's key. @throws CallFailure */
export type Ask = (action: string, params: object) => Promise<Fields>

/** The cause where the key may not ask something, by what was asked. */
export const permissions = {
  signatures: 'tencent_permission_signatures',
  templates: 'tencent_permission_templates',
  statistics: 'tencent_permission_statistics',
  records: 'tencent_permission_records',
  send: sendPermission,
} as const

/** Asks with an account's key. `permission`: the cause where the key may not ask this. @throws LookupError */
export type Lookup = <T>(permission: VendorCause, read: (ask: Ask) => Promise<T>) => Promise<T>

export const lookupWith =
  (ask: Ask, config: TencentSmsConfig): Lookup =>
  (permission, read) =>
    answerOr(read(ask), (failure) => lookupErrorFrom(failure, secretsOf(config), permission))

/** Causes that leave open whether the key is right. */
const openCauses = [
  'tencent_key_unknown',
  'tencent_secret_wrong',
  'tencent_clock',
  'tencent_ip_refused',
  'tencent_endpoint',
  'tencent_throttled',
  'tencent_internal',
  'tencent_unavailable',
  'tencent_host_not_found',
  'tencent_unreachable',
  'tencent_certificate',
  'tencent_no_answer',
  'tencent_cancelled',
] as const satisfies TencentCause[]

const hourOf = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 13).replace(/\D/g, '')

/**
 * The key, what it may list, and the application, which no list names: its statistics of this hour show that it is the
 * account's.
 */
export async function* check(lookup: Lookup, { sdkAppId }: TencentSmsConfig): AsyncGenerator<StageResult> {
  const one = { International: 0, Limit: 1, Offset: 0 }
  const signatures = await timed(() => lookup(permissions.signatures, (ask) => ask('DescribeSmsSignList', one)))
  if (!(yield* keyStages('signatures', signatures, openCauses))) return
  const hour = hourOf(new Date())
  const window = { BeginTime: hour, EndTime: hour, Limit: 0, Offset: 0, SmsSdkAppId: sdkAppId }
  for (const [stage, permission, action, params] of [
    ['templates', permissions.templates, 'DescribeSmsTemplateList', one],
    ['application', permissions.statistics, 'SendStatusStatistics', window],
  ] as const) {
    const { ms, failure } = await timed(() => lookup(permission, (ask) => ask(action, params)))
    yield { stage, ok: !failure, ms, ...failure }
    if (failure) return
  }
}
