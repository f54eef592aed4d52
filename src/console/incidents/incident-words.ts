/** What an incident says in a sentence, and where it is put right. */
import { useTranslations } from 'next-intl'
import type { IncidentView, ToldBy } from '#domain/incidents/incidents.ts'
import { webhookPlace } from '../apps/webhooks/places.ts'
import { channelPlace } from '../links.ts'
import { useOutcomeWords } from '../messages/outcome-words.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'

export type Incident = IncidentView

export function useIncidentWords() {
  const t = useTranslations('Incidents')
  const outcome = useOutcomeWords()
  const reasons = useDynamicWords('Reason')
  const channelNames = useDynamicWords('Shell')

  const sentenceOf = ({ kind, cause, details }: Incident): string => {
    const { name = '', app = '', count = 0, minutes = 0, percent = 0, code, reason = '' } = details
    switch (kind) {
      case 'account_failing': {
        const why = outcome(details.cause ?? code ?? null).what ?? code
        return why ? t('account_failing', { name, why }) : t('account_failing_plain', { name })
      }
      case 'approval_lost':
        return t('approval_lost', { name, count, why: reasons(reason) })
      case 'receipts_silent':
        return t('receipts_silent', { name, count })
      case 'queue_late':
        return t('queue_late', { minutes })
      case 'webhook_failing':
        return t(cause === 'gone' ? 'webhook_gone' : 'webhook_failing', { name, app })
      case 'database_full':
        return t('database_full', { percent })
    }
  }
  const placeOf = ({ kind, place, details: { channel, appKey } }: Incident): string | undefined => {
    if (kind === 'queue_late') return '/messages'
    if (kind === 'webhook_failing') return appKey && webhookPlace(appKey, place)
    return channel && channelPlace(channel)
  }
  const toldTo = ({ name, people, channel, isOver }: ToldBy): string => {
    const by = { name: name ?? '', channel: channelNames(`channel_${channel}`) }
    const told = people > 1 ? t('toldMore', { ...by, count: people - 1 }) : t('toldOne', by)
    return isOver ? t('toldOver', { told }) : told
  }
  return { sentenceOf, placeOf, toldTo }
}
