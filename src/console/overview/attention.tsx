/** What only a person can put right, each with the place where it is done. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Overview } from '#domain/overview/overview.ts'
import { webhookPlace } from '../apps/webhooks/places.ts'
import { channelPlace, rulePlace, rulesPlace, templatePlace } from '../links.ts'
import { useOutcomeWords } from '../messages/outcome-words.ts'
import { useRefusalWords } from '../shell/refusal-words.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'

type Matter = {
  key: string
  tone: Tone
  label: string
  text: string
  href: string
  /** Whether the place has a content policy of its own, which comes with a document only. */
  isDocument?: true
  until?: Date | null
  /** When it was so last. */
  last?: Date
}

type Props = { overview: Overview; nameOf: (scenario: string) => string }

export function Attention({ overview, nameOf }: Props) {
  const t = useTranslations('Overview')
  const ofTemplates = useBlockedTemplates(overview, nameOf)
  const ofRules = useInvalidRules(overview)
  const ofCalls = useRefusedCalls(overview, nameOf)
  const ofApps = [...ofCalls, ...useTroubledWebhooks(overview), ...useEndingKeys(overview)]
  const matters = [...useMatters(overview), ...ofRules, ...ofTemplates, ...ofApps]
  return (
    <section className="section" aria-labelledby="attention">
      <h2 id="attention">{t('attention')}</h2>
      {matters.length === 0 ? (
        <p className="muted small">{t('nothing')}</p>
      ) : (
        <ul className="lines">
          {matters.map(({ key, tone, label, text, href, isDocument, until, last }) => (
            <li key={key}>
              <StateBadge tone={tone}>{label}</StateBadge>
              {isDocument ? (
                <a className="line-words" href={href}>
                  {text}
                </a>
              ) : (
                <Link className="line-words" href={href} prefetch={false}>
                  {text}
                </Link>
              )}
              {last && (
                <span className="muted">
                  <Time at={last} />
                </span>
              )}
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

function useMatters({ channels }: Overview): Matter[] {
  const t = useTranslations('Overview')
  const name = useDynamicWords('Shell')
  const outcome = useOutcomeWords()
  return channels.flatMap(({ channel, failing, failedLastDay, waiting }): Matter[] => {
    const label = name(`channel_${channel}`)
    const place = channelPlace(channel) ?? '/'
    const why = (code: string | null, cause: string | null) => outcome(cause ?? code).what ?? code ?? t('unknownCause')
    return [
      ...failing.map(
        ({ account, code, cause }): Matter => ({
          ...{ key: `${channel}-failing ${account}`, tone: 'red', label, href: place },
          text: t('accountFailing', { account, why: why(code, cause) }),
        }),
      ),
      ...(waiting > 0
        ? [
            {
              key: `${channel}-waiting`,
              tone: 'amber',
              label,
              text: t('waiting', { count: waiting }),
              href: `/messages?channel=${channel}&status=waiting`,
            } as const,
          ]
        : []),
      ...(failedLastDay > 0
        ? [
            {
              key: `${channel}-failed`,
              tone: 'red',
              label,
              text: t('failedLastDay', { count: failedLastDay }),
              href: `/messages?channel=${channel}&status=problem`,
            } as const,
          ]
        : []),
    ]
  })
}

/** Push rules that send nothing until they are put right, each with the form where that is done. */
function useInvalidRules({ invalid: { rules, count } }: Overview): Matter[] {
  const t = useTranslations('Overview')
  const label = useDynamicWords('Shell')('channel_official_account')
  const reasons = useDynamicWords('Reason')
  const more = count - rules.length
  return [
    ...rules.map(
      ({ id, name, app, reason }): Matter => ({
        ...{ key: id, tone: 'red', label, href: rulePlace(id) },
        text: t('ruleInvalid', { name, app, why: reasons(reason) }),
      }),
    ),
    ...(more > 0
      ? [
          {
            ...({ key: 'more-rules', tone: 'red', label, href: rulesPlace({ state: 'invalid' }) } as const),
            text: t('rulesMore', { count: more }),
          },
        ]
      : []),
  ]
}

/** Templates that lost their approval, or never had it. */
function useBlockedTemplates({ blocked: { templates, count } }: Overview, nameOf: Props['nameOf']): Matter[] {
  const t = useTranslations('Overview')
  const name = useDynamicWords('Shell')
  const reasons = useDynamicWords('Reason')
  const more = count - templates.length
  const [first] = templates
  return [
    ...templates.map(({ channel, scenario, app, reason }): Matter => {
      const template = app ? t('templateOfApp', { scenario: nameOf(scenario), app: app.name }) : nameOf(scenario)
      return {
        key: `${channel} ${scenario} ${app?.key}`,
        tone: 'amber',
        label: name(`channel_${channel}`),
        text: t('templateBlocked', { template, why: reasons(reason) }),
        href: templatePlace(channel, scenario, { app: app?.key }) ?? '/',
        isDocument: true,
      }
    }),
    ...(more > 0 && first
      ? [
          {
            key: 'more-templates',
            tone: 'amber',
            label: name(`channel_${first.channel}`),
            text: t('templatesMore', { count: more }),
            href: channelPlace(first.channel) ?? '/',
          } as const,
        ]
      : []),
  ]
}

/** Calls that were refused, each kind with the App's page, which tells more of them. */
function useRefusedCalls({ refused, moreRefused }: Overview, nameOf: Props['nameOf']): Matter[] {
  const t = useTranslations('Overview')
  const { about, why } = useRefusalWords(nameOf)
  const named = refused.map(
    (row): Matter => ({
      key: `${row.app.key} ${row.channel} ${row.scenario} ${row.code} ${row.reason}`,
      tone: 'amber',
      label: row.app.name,
      text: t('callsRefused', { count: row.count, about: about(row), why: why(row) }),
      href: `/apps/${row.app.key}#refused`,
      last: row.lastAt,
    }),
  )
  const more = { key: 'more-calls', tone: 'amber', label: t('calls'), text: t('callsMore'), href: '/apps' } as const
  return moreRefused ? [...named, more] : named
}

/** Webhooks that tell nobody until somebody looks after them. */
function useTroubledWebhooks({ webhooks }: Overview): Matter[] {
  const t = useTranslations('Overview')
  return webhooks.map(({ id, app, name, state, since }) => ({
    ...{ key: id, tone: 'red', label: app.name, href: webhookPlace(app.key, id) },
    text: t(state === 'gone' ? 'webhookGone' : 'webhookFailing', { name }),
    ...(since ? { last: since } : {}),
  }))
}

function useEndingKeys({ endingKeys }: Overview): Matter[] {
  const t = useTranslations('Overview')
  return endingKeys.map(({ app, appKey, name: key, expiresAt }) => ({
    key: `${appKey} ${key}`,
    tone: 'amber',
    label: app,
    text: t('keyEnds', { key }),
    href: `/apps/${appKey}#keys`,
    until: expiresAt,
  }))
}
