'use client'
/** The page of a template: the head, the pickers and the dialogs that are the same for every channel. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { type ComponentType, type ReactNode, useState } from 'react'
import { ConfirmDelete } from '../confirm-delete.tsx'
import type { Compare } from '../editing/compare.tsx'
import { isAlike } from '../editing/draft.ts'
import type { Editing } from '../editing/editing.ts'
import { Choice, ChoiceMenu, EditingPage, MoreMenu } from '../editing/editing-page.tsx'
import { type AppName, templatesPlace } from '../links.ts'
import { scenarioName } from '../scenario-name.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { MenuItem } from '../ui/menu.tsx'
import { type Deletion, UndoNotice } from '../ui/undo-notice.tsx'
import { kindOf, type TemplateOpened, type TemplatePageProps, useTemplateChanged } from './template.ts'

const VersionsDialog = lazyPart(() => import('./versions-dialog.tsx').then((file) => file.VersionsDialog))
const UnderneathDialog = lazyPart(() => import('./versions-dialog.tsx').then((file) => file.UnderneathDialog))

type Props<Draft> = {
  opened: TemplateOpened
  editing: Editing<Draft>
  /** A draft with the content of a version, or of another template. */
  withContent: (content: unknown) => Draft
  compare: Compare<Draft>
  addressOf: (app: AppName | null) => string
  /** What else is chosen than the App. */
  pickers: ReactNode
  /** What else can be done. */
  actions?: ReactNode
  testName: string
  isScrolling?: boolean
  notices: ReactNode
  children: ReactNode
}

export function TemplatePage<Draft>(props: Props<Draft>) {
  const { opened, editing, compare, addressOf, testName, isScrolling, notices, children } = props
  const { templateKey, apps, app, scenario } = opened
  const { canWrite, open } = editing
  const t = useTranslations('Template')
  const shell = useTranslations('Shell')
  const locale = useLocale()
  return (
    <EditingPage
      {...{ editing, compare }}
      notices={
        <>
          {opened.undo}
          {notices}
        </>
      }
      hasNotes
      isScrolling={isScrolling ?? false}
      back={{ href: templatesPlace(templateKey.channel, app), label: shell(`channel_${templateKey.channel}`) }}
      title={scenarioName(scenario, locale)}
      pickers={
        <>
          <ChoiceMenu
            label={t('appPicker', { app: app?.name ?? t('default') })}
            value={app ? t('ofApp', { app: app.name }) : t('default')}
          >
            <Choice href={addressOf(null)} isChosen={!app}>
              {t('default')}
            </Choice>
            {apps.map((one) => (
              <Choice key={one.id} href={addressOf(one)} isChosen={one.id === app?.id}>
                {one.name}
              </Choice>
            ))}
          </ChoiceMenu>
          {props.pickers}
        </>
      }
      actions={
        <>
          {props.actions}
          {canWrite && <Button onClick={() => open('test-send')}>{testName}</Button>}
          <TemplateMenu opened={opened} editing={editing} />
        </>
      }
    >
      {children}
      <Dialogs {...props} />
    </EditingPage>
  )
}

/** Versions, and what the template has to do with the one that it is written over. */
function TemplateMenu<Draft>({ opened, editing }: Pick<Props<Draft>, 'opened' | 'editing'>) {
  const { saved, canWrite, open } = editing
  const t = useTranslations('Template')
  const kind = kindOf(opened.templateKey)
  return (
    <MoreMenu>
      <MenuItem onClick={() => open('versions')}>{t('versions')}</MenuItem>
      {opened.underneath && kind !== 'base' && (
        <>
          <MenuItem onClick={() => open('compare')}>{t(`compare_${kind}`)}</MenuItem>
          {canWrite && <MenuItem onClick={() => open('start')}>{t(`start_${kind}`)}</MenuItem>}
        </>
      )}
      {canWrite && saved && (
        <>
          <hr />
          <MenuItem isDanger onClick={() => open('delete')}>
            {t(`delete_${kind}`)}
          </MenuItem>
        </>
      )}
    </MoreMenu>
  )
}

function Dialogs<Draft>({ opened, editing, withContent, compare }: Props<Draft>) {
  const { templateKey, underneath } = opened
  const { store, dialog, close } = editing
  const t = useTranslations('Template')
  const isOverride = kindOf(templateKey) === 'override'
  const comparison = (label: string, content: unknown) =>
    compare({ label, draft: withContent(content) }, { label: t('inEditor'), draft: store.get() })
  const below = underneath && withContent(underneath.content)
  return (
    <>
      {dialog === 'versions' && (
        <VersionsDialog
          templateKey={templateKey}
          isReadOnly={!editing.canWrite}
          isChanged={editing.isChanged}
          comparison={comparison}
          onRestore={(content) => store.replace(withContent(content))}
          onClose={close}
        />
      )}
      {dialog === 'compare' && underneath && (
        <UnderneathDialog title={t(isOverride ? 'compare_override' : 'compare_variant')} onClose={close}>
          {comparison(
            t('versionOf', { name: t(isOverride ? 'default' : 'base'), version: underneath.version }),
            underneath.content,
          )}
        </UnderneathDialog>
      )}
      <ConfirmDialog
        isOpen={dialog === 'start'}
        onClose={close}
        title={t('replaceTitle')}
        intro={below && isAlike(store.get(), below) ? t('replaceEqual') : t('replaceIntro')}
        verb={t('replaceVerb')}
        onConfirm={async () => {
          if (below) store.replace(below)
          return undefined
        }}
      />
      <DeleteTemplate opened={opened} editing={editing} />
    </>
  )
}

/** Asks before a template is deleted: an App then uses the default, a language its base, a scenario has none. */
function DeleteTemplate<Draft>({ opened, editing }: Pick<Props<Draft>, 'opened' | 'editing'>) {
  const { templateKey, app, variants, onDeleted } = opened
  const { dialog, close, kept } = editing
  const t = useTranslations('Template')
  const client = useTRPCClient()
  const changed = useTemplateChanged(templateKey)
  const kind = kindOf(templateKey)
  const languages = variants.filter(({ appId, locale }) => appId === templateKey.appId && locale !== null)
  const areDeletedToo = languages.length > 0 && !templateKey.locale
  const remove = async () => {
    const { undo } = await client.templates.reset.mutate(templateKey)
    await changed()
    kept.forget()
    onDeleted({ title: t('deleteDone'), undo })
  }
  return (
    <ConfirmDelete
      isOpen={dialog === 'delete'}
      onClose={close}
      title={t(`deleteTitle_${kind}`)}
      consequences={[
        t(`deleteThen_${kind}`, { app: app?.name ?? '' }),
        ...(areDeletedToo ? [t('deleteLanguages', { count: languages.length })] : []),
        t('deleteVersions'),
      ]}
      verb={t(`delete_${kind}`)}
      onDelete={remove}
    />
  )
}

type OpenProps<Page> = { page: Page; editor: ComponentType<Page & TemplateOpened> }

/** Reads the template that a page is about, and starts its editor anew when the page is about another one or it was deleted. */
export function OpenTemplate<Page extends TemplatePageProps>({ page, editor: Editor }: OpenProps<Page>) {
  const { templateKey } = page
  const { data } = useSuspenseQuery(useTRPC().templates.get.queryOptions(templateKey))
  const { template: stored, ...read } = data
  const client = useTRPCClient()
  const changed = useTemplateChanged(templateKey)
  const [generation, setGeneration] = useState(0)
  const [deletion, setDeletion] = useState<Deletion>()
  const startWith = (made: Deletion | undefined) => {
    setDeletion(made)
    setGeneration((count) => count + 1)
  }
  const { scenario, appId, locale, accountId } = templateKey
  return (
    <Editor
      key={`${scenario} ${appId} ${locale} ${accountId} ${generation}`}
      {...page}
      {...read}
      stored={stored}
      onDeleted={startWith}
      undo={
        deletion && (
          <UndoNotice
            deletion={deletion}
            onUndo={async (undo) => {
              await client.templates.restore.mutate({ undo })
              await changed()
              startWith(undefined)
            }}
            onClose={() => setDeletion(undefined)}
          />
        )
      }
    />
  )
}
