'use client'
/** One scenario on one channel: the worst state of its audiences, and behind it what would be sent, from which account, and why not. */
import { useTranslations } from 'next-intl'
import { isByRules } from '#channels/traits.ts'
import { type Cell, writtenOf } from '../audiences.ts'
import { channelPlace, newRulePlace, templatePlace } from '../links.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Facts } from '../ui/facts.tsx'
import { Menu, MenuLink } from '../ui/menu.tsx'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'

const tones: Record<Cell['state'], Tone> = {
  template_not_usable: 'red',
  channel_not_configured: 'amber',
  failing: 'amber',
  template_not_configured: 'grey',
  usable: 'green',
  not_offered: 'grey',
}
const worstFirst = Object.keys(tones)

/** Of what a template has something for, the audience that is worst off. */
function worstOf(cells: readonly Cell[]): Cell | undefined {
  return [...writtenOf(cells)].sort((one, other) => worstFirst.indexOf(one.state) - worstFirst.indexOf(other.state))[0]
}

/** What push rules say is not called a template. */
const wordOf = ({ channel, state }: Cell) =>
  isByRules(channel) && state === 'template_not_configured' ? 'rule_not_configured' : state

/** What the person may write of what decides about a cell. */
export type MayEdit = { templates: boolean; rules: boolean }

/** `cells`: one for each audience of the channel. */
type Props = { cells: readonly Cell[]; scenario: string; appKey: string; mayEdit: MayEdit }

/** Links to templates are plain: their pages have a content policy of their own, which comes with a document only. */
export function CoverageCell({ cells, scenario, appKey, mayEdit: rights }: Props) {
  const t = useTranslations('Coverage')
  const channelName = useDynamicWords('Shell')
  const worst = worstOf(cells)
  if (!worst || worst.state === 'not_offered') return <span className="muted">{t('not_offered')}</span>
  const { state, origin } = worst
  const hasRules = isByRules(worst.channel)
  const mayEdit = hasRules ? rights.rules : rights.templates
  const isNew = hasRules && mayEdit && state === 'template_not_configured'
  const word = t(wordOf(worst))
  const channel = channelName(`channel_${worst.channel}`)
  const own = isNew
    ? newRulePlace({ app: appKey, event: worst.scenario })
    : templatePlace(worst.channel, worst.scenario, { app: appKey })
  const inherited = templatePlace(worst.channel, worst.scenario)
  const account = channelPlace(worst.channel)
  const isAboutAccount = state === 'failing' || state === 'channel_not_configured'
  return (
    <div className="coverage-cell">
      <Menu
        label={t('details', { scenario, channel, state: word })}
        buttonClass="cell-button"
        button={<StateBadge tone={tones[state]}>{word}</StateBadge>}
      >
        <CellDetails cells={cells} worst={worst} />
        {isAboutAccount && account && <MenuLink href={account}>{t('openAccount')}</MenuLink>}
        {origin === 'default' && inherited && (
          <MenuLink isDocument href={inherited}>
            {t('openDefault')}
          </MenuLink>
        )}
      </Menu>
      {!hasRules && <Beside cells={cells} worst={worst} />}
      {own && (
        <a className="quiet" href={own}>
          {t(!mayEdit ? 'view' : origin === 'app' ? 'edit' : origin ? 'override' : 'configure')}
          <span className="unseen">
            {' '}
            {scenario}, {channel}
          </span>
        </a>
      )}
    </div>
  )
}

type Shown = { cells: readonly Cell[]; worst: Cell }

/** Whose template it is, whom it has something for where that is not everybody, and why it is not used. */
function Beside({ cells, worst }: Shown) {
  const t = useTranslations('Coverage')
  const audiences = useDynamicWords('Audience')
  const reasons = useDynamicWords('Reason')
  const written = writtenOf(cells)
  if (!worst.origin) return null
  const only = written.map(({ audience }) => audiences(audience)).join(', ')
  const reason = worst.blocked && reasons.find(worst.blocked.reason)
  const isOfSome = written.some(({ blocked }) => blocked?.reason !== worst.blocked?.reason)
  const words = [
    t(`origin_${worst.origin}`),
    written.length < cells.length && t('only', { audience: only }),
    reason && isOfSome && audiences(worst.audience),
    reason,
  ]
  return <span className="muted">{words.filter(Boolean).join(' · ')}</span>
}

/** What would be sent, from which account, and if nothing, why. */
function CellDetails({ cells, worst }: Shown) {
  const t = useTranslations('Coverage')
  const audiences = useDynamicWords('Audience')
  const why = useWhy()
  const first = cells[0]
  const isAlike = cells.every((cell) => why(cell) === (first && why(first)))
  return (
    <div className="cell-details">
      {isAlike ? (
        <p>{why(worst)}</p>
      ) : (
        cells.map((cell) => (
          <p key={cell.audience}>
            <strong>{audiences(cell.audience)}</strong> {why(cell)}
          </p>
        ))
      )}
      <Facts
        facts={{
          [t('template')]:
            !isByRules(worst.channel) &&
            (worst.origin ? t(`template_${worst.origin}`, { version: worst.version ?? 0 }) : t('none')),
          [t('account')]: worst.account ?? t('none'),
        }}
      />
    </div>
  )
}

function useWhy(): (cell: Cell) => string {
  const t = useTranslations('Coverage')
  const reasons = useDynamicWords('Reason')
  return (cell) => {
    const { blocked } = cell
    const reason = blocked && reasons.find(blocked.reason)
    if (!reason) return t(`why_${wordOf(cell) as Exclude<ReturnType<typeof wordOf>, 'not_offered'>}`)
    return t('refusedBecause', { reason: [reason, blocked.detail].filter(Boolean).join(' · ') })
  }
}
