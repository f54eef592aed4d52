'use client'
/** What a scenario's template says: a line of it in the table, and all of it unfolded beneath. */
import { useTranslations } from 'next-intl'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import { useRemarkWords } from './template-state.tsx'
import type { Cell, StoredTemplates, TemplateListed } from './templates-changed.ts'

/** The subject of one that has such a line. */
export function Headline({ template: { headline, version } }: { template: TemplateListed }) {
  const t = useTranslations('Templates')
  return (
    <span className="template-words" title={headline ?? undefined}>
      <span>{headline}</span> <span className="muted nowrap">{t('version', { version })}</span>
    </span>
  )
}

/** What a table shows of a place: what is used there, or else that something is kept for an account that is not in force. */
export const firstOf = ({ used, kept }: StoredTemplates): TemplateListed | undefined => used ?? kept[0]

/** The code and the beginning of the text. */
export function FirstLine({ template: { summary, keptFor } }: { template: TemplateListed }) {
  const t = useTranslations('Templates')
  const [first, ...others] = summary
  return (
    <span className="first-line">
      {keptFor && <span className="muted">{t('keptFor', { account: keptFor })} </span>}
      {first?.template && <span className="mono">{first.template} </span>}
      {others.length > 0 && <span className="muted">+{others.length} </span>}
      <span className="muted">{first?.text}</span>
    </span>
  )
}

type DetailsProps = {
  stored: StoredTemplates
  /** What a template that is told without its audience is called: the default, or the App's. */
  owner: string
  /** Whether it can be sent, for each audience; absent for what something else stands in front of. */
  cells?: readonly Cell[]
  /** Where a template that is kept for an account is written. */
  addressOf: (accountId: string) => string
}

/** The whole text of each audience, why it cannot be used, what carriers hold against it; and what is kept for other accounts. */
export function TemplateDetails({ stored: { used, kept }, owner, cells = [], addressOf }: DetailsProps) {
  const t = useTranslations('Templates')
  const audiences = useDynamicWords('Audience')
  const remarkWords = useRemarkWords()
  return (
    <>
      {used?.summary.map((part) => (
        <div key={part.audience} className="template-part">
          <span className="muted">{audiences.find(part.audience) ?? owner}</span>
          <div>
            <Named part={part} />
            <span className="muted">{t('version', { version: used.version })}</span>
            <p className="break">{part.text}</p>
            <Blocked cell={cells.find(({ audience }) => audience === part.audience)} />
            {remarkWords(used.approval[part.audience]?.remarks ?? []).map((words) => (
              <p key={words} className="template-remark amber">
                <Icon name="warning" />
                <span>
                  <span className="unseen">{t('remark')} </span>
                  {words}
                </span>
              </p>
            ))}
          </div>
        </div>
      ))}
      {kept.map(({ id, accountId, keptFor, summary }) => (
        <a key={id} className="template-part" href={addressOf(accountId ?? '')}>
          <span className="muted">{t('keptFor', { account: keptFor ?? '' })}</span>
          <div>
            {summary.map((part) => (
              <div key={part.audience}>
                <Named part={part} />
                <p className="muted break">{part.text}</p>
              </div>
            ))}
          </div>
        </a>
      ))}
    </>
  )
}

function Named({ part: { signature, template } }: { part: TemplateListed['summary'][number] }) {
  return (
    <>
      {signature && <span className="signature">【{signature}】</span>}{' '}
      {template && <span className="mono">{template}</span>}{' '}
    </>
  )
}

function Blocked({ cell }: { cell: Cell | undefined }) {
  const reasons = useDynamicWords('Reason')
  const { reason, detail } = cell?.blocked ?? {}
  const why = reason && reasons.find(reason)
  if (!why) return null
  return (
    <p className="break">
      {[why, detail].filter(Boolean).join(' · ')}. {reasons.find(`${reason}Hint`)}
    </p>
  )
}
