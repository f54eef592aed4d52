/** What only a person can put right, each with the place where it is done. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Overview } from '#domain/overview.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'
import { useOutcomeWords } from './messages/outcome-words.ts'
import { channelPlace } from './places.ts'

type Matter = { key: string; tone: Tone; label: string; text: string; href: string; until?: Date | null }

export function Attention({ overview }: { overview: Overview }) {
  const t = useTranslations('Overview')
  const matters = useMatters(overview)
  return (
    <section className="section" aria-labelledby="attention">
      <h2 id="attention">{t('attention')}</h2>
      {matters.length === 0 ? (
        <p className="muted small">{t('nothing')}</p>
      ) : (
        <ul className="matters">
          {matters.map(({ key, tone, label, text, href, until }) => (
            <li key={key}>
              <StateBadge tone={tone}>{label}</StateBadge>
              <Link href={href} prefetch={false}>
                {text}
              </Link>
              {until && (
                <span className="muted">
                  <Time at={until} as="day" />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function useMatters({ channels, endingKeys }: Overview): Matter[] {
  const t = useTranslations('Overview')
  const name = useDynamicWords('Shell')
  const outcome = useOutcomeWords()
  return [
    ...channels.flatMap(({ channel, state, account, failingCode, failed, waiting }): Matter[] => {
      const about = { channel: name(`channel_${channel}`) }
      const place = channelPlace(channel) ?? '/'
      const why = outcome(failingCode).what ?? failingCode ?? t('unknownCause')
      return [
        ...(state === 'failing'
          ? [
              {
                key: `${channel}-failing`,
                tone: 'red',
                label: about.channel,
                text: t('accountFailing', { account: account ?? '', why }),
                href: place,
              } as const,
            ]
          : []),
        ...(waiting > 0
          ? [
              {
                key: `${channel}-waiting`,
                tone: 'amber',
                label: about.channel,
                text: t('waiting', { count: waiting }),
                href: `/messages?channel=${channel}&status=waiting`,
              } as const,
            ]
          : []),
        ...(failed > 0
          ? [
              {
                key: `${channel}-failed`,
                tone: 'red',
                label: about.channel,
                text: t('failedLastDay', { count: failed }),
                href: `/messages?channel=${channel}&status=problem`,
              } as const,
            ]
          : []),
      ]
    }),
    ...endingKeys.map(({ app, appKey, name: key, expiresAt }) => ({
      key: `${appKey} ${key}`,
      tone: 'amber' as const,
      label: app,
      text: t('keyEnds', { key }),
      href: `/apps/${appKey}#keys`,
      until: expiresAt,
    })),
  ]
}
