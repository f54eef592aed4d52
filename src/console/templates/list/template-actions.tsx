'use client'
import { useTranslations } from 'next-intl'
/** What can be done with a scenario of the list: written, tried, returned to the default, deleted. */
import { traitsOf } from '#channels/traits.ts'
import { writtenOf } from '#console/audiences.ts'
import { type AppName, templatePlace } from '#console/links.ts'
import type { TemplateRights } from '#console/rights.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import { Menu, MenuItem } from '#console/ui/menu.tsx'
import type { Cell, Scenario, StoredTemplates } from './templates-changed.ts'

/** One scenario: what is said by default, what the App says instead, and whether it can be sent, for each audience. */
export type Listed = {
  scenario: Scenario
  cells: readonly Cell[]
  byDefault: StoredTemplates
  ofApp: StoredTemplates
}

type Props = Listed & {
  channel: string
  app: AppName | null
  rights: TemplateRights
  /** Whether a template can be written now: one that belongs to an account needs an account. */
  canWrite: boolean
  onReset: (accountId: string | null) => void
  onDelete: () => void
}

export function TemplateActions(props: Props) {
  const { channel, cells, scenario, app, byDefault, ofApp, rights, canWrite, onReset, onDelete } = props
  const t = useTranslations('Templates')
  const addressOf = (owner: AppName | null) => templatePlace(channel, scenario.key, { app: owner?.key })
  const own = (app ? ofApp : byDefault).used
  // What is kept for another account stands in the way of the default as well.
  const inTheWay = own ?? (cells.some(({ origin }) => origin === 'app') ? ofApp.kept[0] : undefined)
  const isDefaultRefused = writtenOf(cells).some(
    ({ origin, state }) => origin === 'default' && state === 'template_not_usable',
  )
  const canDelete = rights.scenarios && !scenario.builtIn
  // Nothing here helps where no account carries it: that is put right in the list of accounts, on the same page.
  const wantsAccount =
    !canWrite || writtenOf(cells).some(({ state }) => state === 'failing' || state === 'channel_not_configured')
  const verb = own ? 'edit' : byDefault.used ? 'override' : 'configure'
  if (!rights.write) {
    const shown = own ? app : null
    return own || byDefault.used ? <Action href={addressOf(shown)}>{t('view')}</Action> : null
  }
  return (
    <>
      {own && own.summary.length > 0 && (
        <Action href={`${addressOf(app)}#test-send`}>
          {t(traitsOf(channel)?.trial === 'call' ? 'testCall' : 'testSend')}
        </Action>
      )}
      {canWrite && (
        <Action href={addressOf(app)} isUrgent={verb === 'configure'}>
          {t(verb)}
        </Action>
      )}
      {wantsAccount && <Action href={`#${channel}-accounts`}>{t('seeAccounts')}</Action>}
      {app && isDefaultRefused && canWrite && (
        <Action href={addressOf(null)} isUrgent>
          {t('editDefault')}
        </Action>
      )}
      {app && inTheWay && (
        <button type="button" className="quiet" onClick={() => onReset(inTheWay.accountId)}>
          {t('returnToDefault')}
        </button>
      )}
      {((!app && own) || canDelete) && (
        <Menu label={t('more')} align="end" button={<Icon name="more" />}>
          {!app && own && (
            <MenuItem isDanger onClick={() => onReset(own.accountId)}>
              {t('deleteTemplate')}
            </MenuItem>
          )}
          {canDelete && (
            <MenuItem isDanger onClick={onDelete}>
              {t('deleteScenario')}
            </MenuItem>
          )}
        </Menu>
      )}
    </>
  )
}

/** A plain link: an editor has a content policy of its own, which comes with a document only. */
function Action({ href, isUrgent, children }: { href: string; isUrgent?: boolean; children: string }) {
  return (
    <a className="quiet" data-accent={isUrgent || undefined} href={href}>
      {children}
    </a>
  )
}
