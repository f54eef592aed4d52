'use client'
/** How the carriers stand to a signature: what they have not registered they may not deliver, approved or not. */
import type { Signature } from '#domain/channels/answers.ts'
import type { SmsContent } from '#domain/channels/sms.ts'
import type { SmsAudience } from '#domain/channels/sms-text.ts'
import { useDynamicWords } from '../../../../../../ui/dynamic-words.ts'
import type { Editing } from '../../../account-template/use-editing.ts'

type Remark = { code: string; params?: Record<string, unknown> }

/** In words. As the provider says it now, else as it was said of the stored template. Only the mainland's carriers register. */
export function useCarrierRemarks(
  { edited, stored, saving }: Editing<SmsContent>,
  audience: SmsAudience,
  signature: Signature | undefined,
): string[] {
  const words = useDynamicWords('Reason')
  if (audience === 'international') return []
  const isStored = saving.saved?.content.mainland?.signature === edited.content.mainland?.signature
  const known: readonly Remark[] = isStored ? (stored?.standing.mainland?.remarks ?? []) : []
  const asked = signature?.carriers
    .filter(({ state }) => state !== 'registered')
    .map(({ carrier, state, reason }): Remark => ({ code: `carrier_${state}`, params: { carrier, reason } }))
  const remarks = signature && signature.carriers.length > 0 ? (asked ?? []) : known
  return remarks.map(({ code, params = {} }) => {
    const reason = String(params.reason ?? '')
    const said = words(code, { carrier: words('carrierName', { carrier: String(params.carrier) }) })
    return reason ? `${said} (${reason})` : said
  })
}
