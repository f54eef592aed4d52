'use client'
/** How the carriers stand to a signature: what they have not registered they may not deliver, approved or not. */
import type { Signature } from '#channels/answers.ts'
import type { SmsContent } from '#channels/sms/content.ts'
import type { SmsAudience } from '#channels/sms/text.ts'
import { useRemarkWords } from '#console/templates/list/remark-words.ts'
import type { Editing } from '../use-editing.ts'

/** In words. As the provider says it now, else as it was said of the stored template. Only the mainland's carriers register. */
export function useCarrierRemarks(
  { edited, stored, saving }: Editing<SmsContent>,
  audience: SmsAudience,
  carriers: Signature['carriers'],
): string[] {
  const words = useRemarkWords()
  if (audience === 'international') return []
  if (carriers.length > 0) {
    const open = carriers.filter(({ state }) => state !== 'registered')
    return words(open.map(({ carrier, state, reason }) => ({ code: `carrier_${state}`, params: { carrier, reason } })))
  }
  const isStored = saving.saved?.content.mainland?.signature === edited.content.mainland?.signature
  return isStored ? words(stored?.standing.mainland?.remarks ?? []) : []
}
