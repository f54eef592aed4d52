'use client'
/** One scenario: what is said by default, what the App says instead, and whether it can be sent. */
import { useLocale, useTranslations } from 'next-intl'
import { Icon } from '../../../../ui/line-icon.tsx'
import { Menu } from '../../../../ui/menu.tsx'
import { StateBadge, type Tone } from '../../../../ui/state-badge.tsx'
import { scenarioName } from '../../../scenario-name.ts'
import type { TemplateRights } from '../rights.ts'
import type { AppName } from './chosen-app.ts'
import { templateAddress } from './template-address.ts'
import type { Cell, Scenario, TemplateListed } from './templates-section.tsx'

const tones: Record<Exclude<Cell['state'], 'not_offered'>, Tone> = {
  usable: 'green',
  failing: 'amber',
  channel_not_configured: 'amber',
  template_not_usable: 'red',
  template_not_configured: 'grey',
}

type Props = {
  cell: Cell
  scenario: Scenario
  app: AppName | null
  byDefault: TemplateListed | undefined
  ofApp: TemplateListed | undefined
  rights: TemplateRights
  onReset: () => void
  onDelete: () => void
}

export function TemplateRow(props: Props) {
  const { cell, scenario, app, byDefault, ofApp } = props
  const t = useTranslations('Templates')
  const locale = useLocale()
  return (
    <tr>
      <th scope="row">
        {scenarioName(scenario, locale)} <span className="scenario-key mono">{scenario.key}</span>
      </th>
      <td data-label={t('default')}>
        <Content template={byDefault} missing={t('none')} />
      </td>
      {app && (
        <td data-label={app.name}>
          <Content template={ofApp} missing={byDefault ? t('sameAsDefault') : t('none')} />
        </td>
      )}
      <td data-label={t('state')}>
        <State cell={cell} app={app} />
      </td>
      <td className="actions">
        <Actions {...props} />
      </td>
    </tr>
  )
}

function Content({ template, missing }: { template: TemplateListed | undefined; missing: string }) {
  const t = useTranslations('Templates')
  if (!template) return <span className="muted">{missing}</span>
  return (
    <span className="template-words" title={template.headline ?? undefined}>
      <span>{template.headline}</span>{' '}
      <span className="muted nowrap">{t('version', { version: template.version })}</span>
    </span>
  )
}

/** Whether it can be sent, and why not; for an App whose template that is. */
function State({ cell, app }: { cell: Cell; app: AppName | null }) {
  const t = useTranslations('Templates')
  // Where there is neither template nor account, the template is what this table can do something about.
  const state = cell.state === 'channel_not_configured' && !cell.origin ? 'template_not_configured' : cell.state
  if (state === 'not_offered') return null
  const origin = app && cell.origin ? t(`origin_${cell.origin}`) : undefined
  const account = cell.account ?? ''
  const why = state === 'usable' ? undefined : t(`why_${state}`, { account })
  return (
    <span className="template-state" title={account && t('sentFrom', { account })}>
      <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>
      <span className="muted">{[origin, why].filter(Boolean).join(' · ')}</span>
    </span>
  )
}

function Actions({ cell, scenario, app, byDefault, ofApp, rights, onReset, onDelete }: Props) {
  const t = useTranslations('Templates')
  const own = app ? ofApp : byDefault
  const canDelete = rights.scenarios && !scenario.builtIn
  const verb = own ? 'edit' : byDefault ? 'override' : 'configure'
  if (!rights.write) {
    const shown = own ? app : null
    return own || byDefault ? (
      <Action href={templateAddress(cell.channel, scenario.key, shown)}>{t('view')}</Action>
    ) : null
  }
  return (
    <>
      <Action href={templateAddress(cell.channel, scenario.key, app)} isUrgent={verb === 'configure'}>
        {t(verb)}
      </Action>
      {app && own && (
        <button type="button" className="quiet" onClick={onReset}>
          {t('returnToDefault')}
        </button>
      )}
      {((!app && own) || canDelete) && (
        <Menu label={t('more')} align="end" button={<Icon name="more" />}>
          {!app && own && (
            <button type="button" className="menu-item" data-danger onClick={onReset}>
              {t('deleteTemplate')}
            </button>
          )}
          {canDelete && (
            <button type="button" className="menu-item" data-danger onClick={onDelete}>
              {t('deleteScenario')}
            </button>
          )}
        </Menu>
      )}
    </>
  )
}

/** A plain link: the editor has a content policy of its own, which comes with a document only. */
function Action({ href, isUrgent, children }: { href: string; isUrgent?: boolean; children: string }) {
  return (
    <a className="quiet" data-accent={isUrgent || undefined} href={href}>
      {children}
    </a>
  )
}
