'use client'
/** The page of a template: its head, what there is to know, the form beside the preview, and the dialogs. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AppMenu } from '#console/editing/app-menu.tsx'
import { Choice, ChoiceMenu } from '#console/editing/choice-menu.tsx'
import { generic } from '#console/editing/generic.ts'
import { LeaveDialog } from '#console/editing/leave-dialog.tsx'
import { MoreMenu } from '#console/editing/more-menu.tsx'
import { TemplateHead } from '#console/editing/template-head.tsx'
import type { TestSendOutcome } from '#console/editing/test-send-dialog.tsx'
import { Button } from '#console/ui/button.tsx'
import { useEarlyEntries } from '#console/ui/early-entries.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Result } from '#console/ui/result.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { templatesAddress } from '../list/template-address.ts'
import { type About, addressOf } from './about.ts'
import type { Line, PhoneTestWords } from './dialogs.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { Tick } from './tick.tsx'
import type { Editing } from './use-editing.ts'
import './account-template.css'

/** Loaded when the first of them is opened. */
const Dialogs = generic<typeof import('./dialogs.tsx').Dialogs>(
  lazyPart(() => import('./dialogs.tsx').then((file) => file.Dialogs)),
)

type Props<Content> = {
  editing: Editing<Content>
  notices?: ReactNode
  form: ReactNode
  preview: ReactNode
  /** A content as lines to compare. */
  linesOf: (content: Content) => Line[]
  test: PhoneTestWords
  onTested?: (outcome: TestSendOutcome) => void
}

export function Frame<Content>({ editing, notices, form, preview, linesOf, test, onTested }: Props<Content>) {
  const { about, scenario, saving, canWrite, isChanged, samples, variables } = editing
  const own = useTranslations('AccountTemplate')
  const shell = useTranslations('Shell')
  const { templateKey, app } = about
  useEarlyEntries(editing.problems.fields)
  const needsDialogs = useOnceNeeded(editing.asked !== undefined || saving.conflict !== undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the key that saves, wherever the cursor is
    <div className="template-page" data-scrolls onKeyDown={editing.saveByKey}>
      <TemplateHead
        {...{ scenario, saving, isChanged, canWrite }}
        back={{ href: templatesAddress(templateKey.channel, app), label: shell(`channel_${templateKey.channel}`) }}
        pickers={<PlacePickers {...about} />}
        onSave={saving.save}
        actions={
          <>
            {canWrite && <Button onClick={() => editing.setAsked('test-send')}>{test.title}</Button>}
            <MoreMenu
              templateKey={templateKey}
              isOver={editing.underneath !== null}
              isStored={saving.saved !== null}
              canWrite={canWrite}
              onAsk={editing.setAsked}
            />
          </>
        }
      />
      <Notices editing={editing}>{notices}</Notices>
      <div className="account-template">
        <div ref={editing.problems.fields} className="template-form">
          {form}
          <FallBack editing={editing} />
        </div>
        <PreviewPane variables={variables} samples={samples}>
          {preview}
        </PreviewPane>
      </div>
      {needsDialogs && <Dialogs editing={editing} linesOf={linesOf} test={test} {...(onTested ? { onTested } : {})} />}
      <LeaveDialog isChanged={isChanged && canWrite} intro={own('leaveIntro')} />
    </div>
  )
}

/** What the author should know before going on: which template is used meanwhile, and what went wrong. */
function Notices<Content>({ editing, children }: { editing: Editing<Content>; children?: ReactNode }) {
  const { about, saving, underneath } = editing
  const t = useTranslations('AccountTemplate')
  const common = useTranslations('Template')
  const { account, accounts } = about
  const inForce = accounts.find(({ isInForce }) => isInForce)
  return (
    <div className="template-notices">
      {!saving.saved && <p>{underneath ? common('usesInstead', { used: common('default') }) : common('nothingYet')}</p>}
      {!account.isInForce && (
        <Result
          tone="grey"
          title={t('notInForce', { account: account.name })}
          why={inForce ? t('notInForceWhy', { other: inForce.name }) : t('noneInForce')}
        />
      )}
      {children}
      {saving.problem && <Result {...saving.problem} />}
    </div>
  )
}

/** Whose template the page is about, and from which account it names. The choice stands in the address. */
function PlacePickers({ templateKey, apps, app, accounts, account }: About) {
  const t = useTranslations('AccountTemplate')
  return (
    <>
      <AppMenu apps={apps} app={app} addressOf={(one) => addressOf(templateKey, one, account)} />
      <ChoiceMenu label={t('accountPicker', { account: account.name })} shown={account.name}>
        {accounts.map((one) => (
          <Choice
            key={one.id}
            href={addressOf(templateKey, app, one)}
            isChosen={one.id === account.id}
            {...(one.isInForce ? { remark: t('inForce') } : {})}
          >
            {one.name}
          </Choice>
        ))}
      </ChoiceMenu>
    </>
  )
}

/** Whether the default may stand in for an App's template that cannot be used. */
function FallBack<Content>({ editing }: { editing: Editing<Content> }) {
  const { about, edited, canWrite } = editing
  const t = useTranslations('AccountTemplate')
  if (about.app === null) return null
  return (
    <Tick
      label={t('fallBack')}
      help={t('fallBackHelp', { app: about.app.name })}
      isTicked={edited.fallBack}
      isReadOnly={!canWrite}
      onChange={edited.setFallBack}
    />
  )
}
