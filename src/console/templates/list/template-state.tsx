'use client'
/** Whether a scenario's template can be sent, and why not; for each audience apart where that differs. */
import { useLocale, useTranslations } from 'next-intl'
import { writtenOf } from '#console/audiences.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'
import type { Cell, TemplateListed } from './templates-changed.ts'

const tones = {
  usable: 'green',
  failing: 'amber',
  channel_not_configured: 'amber',
  in_review: 'amber',
  not_proven: 'amber',
  template_not_usable: 'red',
  template_not_configured: 'grey',
} as const satisfies Record<string, Tone>
type State = keyof typeof tones

/** What a cell's state looks like: what is kept for an account that is not in force is no fault. */
const toneOf = ({ blocked }: Cell, state: State): Tone => (blocked?.reason === 'other_account' ? 'grey' : tones[state])

/** What is to be told of a cell: a review that goes on, and what was never written, are no faults. */
function stateOf(cell: Cell): State | undefined {
  const { state, origin, blocked } = cell
  if (state === 'not_offered') return undefined
  // Where there is neither template nor account, the template is what this table can do something about.
  if (state === 'channel_not_configured' && !origin) return 'template_not_configured'
  if (state !== 'template_not_usable') return state
  if (blocked?.reason.endsWith('_in_review')) return 'in_review'
  return blocked?.reason === 'not_proven' ? 'not_proven' : state
}

type Props = {
  /** One for each audience. */
  cells: readonly Cell[]
  /** The template that would be sent. */
  template: TemplateListed | undefined
  /** Says whose template a cell is of, where that matters: in the table of an App. */
  originOf?: ((cell: Cell) => string | undefined) | undefined
}

export function TemplateState({ cells, template, originOf }: Props) {
  const t = useTranslations('Templates')
  const audiences = useDynamicWords('Audience')
  const why = useWhy()
  const written = writtenOf(cells)
  const groups = Map.groupBy(written, (cell) => JSON.stringify([stateOf(cell), cell.blocked]))
  const remarks = Object.values(template?.approval ?? {}).flatMap((approval) => approval.remarks)
  return (
    <div className="template-states">
      {[...groups.values()].map(([cell]) => {
        const state = cell && stateOf(cell)
        if (!cell || !state) return null
        const account = cell.account ?? ''
        const audience = groups.size > 1 ? audiences(cell.audience) : undefined
        const only = written.length < cells.length ? t('only', { audience: audiences(cell.audience) }) : undefined
        const words = [audience, originOf?.(cell), ...why(cell, state), only].filter(Boolean).join(' · ')
        return (
          <span key={cell.audience} className="template-state" title={account && t('sentFrom', { account })}>
            <StateBadge tone={toneOf(cell, state)}>{t(`state_${state}`)}</StateBadge>
            {words && <span className="muted">{words}</span>}
          </span>
        )
      })}
      {remarks.length > 0 && (
        <span className="template-remark amber">
          <Icon name="warning" />
          {t('remarks', { count: remarks.length })}
        </span>
      )}
    </div>
  )
}

function useWhy(): (cell: Cell, state: State) => (string | undefined)[] {
  const t = useTranslations('Templates')
  const reasons = useDynamicWords('Reason')
  return (cell, state) => {
    if (state === 'usable') return []
    const { blocked, account } = cell
    if (blocked) return [reasons.find(blocked.reason) ?? t('why_template_not_usable'), blocked.detail]
    if (state === 'in_review' || state === 'not_proven') return []
    return [t(`why_${state}`, { account: account ?? '' })]
  }
}

type Remark = TemplateListed['approval'][string]['remarks'][number]

/** What is worth knowing about a template that can be used, a sentence each; carriers of which the same is to be said share one. */
export function useRemarkWords(): (remarks: readonly Remark[]) => string[] {
  const t = useTranslations('Reason')
  const reasons = useDynamicWords('Reason')
  const locale = useLocale()
  return (remarks) => {
    const alike = Map.groupBy(remarks, ({ code, params }) => `${code} ${params?.reason ?? ''}`)
    return [...alike.values()].map(([first, ...others]) => {
      const names = [first, ...others].map((remark) => t('carrierName', { carrier: remark?.params?.carrier ?? '' }))
      const carrier = new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' }).format(names)
      const reason = first?.params?.reason
      return [reasons(first?.code ?? '', { carrier }), reason && `(${reason})`].filter(Boolean).join(' ')
    })
  }
}
