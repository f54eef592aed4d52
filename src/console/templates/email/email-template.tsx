'use client'
/** An email template in the editor. */
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import type { EmailContent } from '#channels/email/content.ts'
import type { Compare } from '#console/editing/compare.tsx'
import { hasFormOf } from '#console/editing/draft.ts'
import type { Editing } from '#console/editing/editing.ts'
import { Choice, ChoiceMenu } from '#console/editing/editing-page.tsx'
import { type Samples, useSamples, useVariables } from '#console/editing/samples.tsx'
import { type AppName, templatePlace } from '#console/links.ts'
import { localeNames, locales } from '#console/shell/locale.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { asContent, type TemplateOpened, type TemplatePageProps, useTemplateEditing } from '../template.ts'
import { OpenTemplate, TemplatePage } from '../template-page.tsx'
import { asEdited, emptyContent, isSame } from './content.ts'
import { type EditorHandle, EditorWorkspace } from './editor-workspace.tsx'
import { quickFindings } from './findings/finding.ts'
import { useFindingWords } from './findings/findings-panel.tsx'

const TestSendDialog = lazyPart(() =>
  import('#console/editing/test-send-dialog.tsx').then((file) => file.TestSendDialog),
)
const SourceCompare = lazyPart(() => import('./source/source-compare.tsx').then((file) => file.SourceCompare))
const ExampleDialog = lazyPart(() => import('./example-dialog.tsx').then((file) => file.ExampleDialog))

type PageProps = TemplatePageProps & {
  /** As an inbox names the sender of the validated account. */
  from: { name: string; address: string }
}
type Opened = PageProps & TemplateOpened

const contentFrom = (content: unknown) => asEdited(asContent<EmailContent>(content))
const compare: Compare<EmailContent> = (before, after) => <SourceCompare before={before} after={after} />

function EmailEditor(opened: Opened) {
  const { templateKey, scenario, stored, instead, from } = opened
  const t = useTranslations('Template')
  const editor = useRef<EditorHandle>(null)
  const samples = useSamples(scenario.key)
  const variables = useVariables(scenario.variables, samples.values)
  const checked = useMemo(() => ({ kind: scenario.kind, variables: scenario.variables }), [scenario])
  const editing = useTemplateEditing<EmailContent>(opened, {
    startFrom: stored ?? instead,
    draftOf: (template) => (template ? contentFrom(template.content) : emptyContent),
    contentOf: (content) => content,
    isDraft: (value) => hasFormOf(emptyContent, value),
    isSame,
    blocked(content) {
      const errors = quickFindings(content, checked).filter(({ severity }) => severity === 'error')
      const [first] = errors
      if (!first) return undefined
      editor.current?.reveal(first)
      return { tone: 'red', title: t('blocked', { count: errors.length }), why: t('blockedWhere') }
    },
  })
  const { store, dialog, canWrite, open, close } = editing
  return (
    <TemplatePage
      {...{ opened, editing, compare }}
      withContent={contentFrom}
      addressOf={(app) => addressOf(scenario.key, app, templateKey.locale)}
      pickers={<LanguageMenu {...opened} />}
      actions={canWrite && scenario.builtIn && <Button onClick={() => open('example')}>{t('insertExample')}</Button>}
      testName={t('testSend')}
      notices={<InUse opened={opened} isSaved={editing.saved !== null} />}
    >
      <EditorWorkspace
        content={store}
        scenario={checked}
        variables={variables}
        samples={samples}
        from={from.name || from.address ? from : { name: t('noSender'), address: '' }}
        isReadOnly={!canWrite}
        handle={editor}
      />
      {dialog === 'example' && (
        <ExampleDialog
          {...{ templateKey, content: store, variables: scenario.variables, values: samples.values, onClose: close }}
        />
      )}
      <TestMail opened={opened} editing={editing} samples={samples} />
    </TemplatePage>
  )
}

function addressOf(scenario: string, app: AppName | null, locale: string | null | undefined): string {
  const address = templatePlace('email', scenario, { app: app?.key })
  return locale ? `${address}${app ? '&' : '?'}locale=${encodeURIComponent(locale)}` : address
}

const names: Record<string, string> = localeNames
/** A language under its own name, or by its code. */
const languageName = (locale: string): string => names[locale] ?? locale

/** The languages of the console, and any that something is stored in. */
function LanguageMenu({ templateKey, app, variants }: Opened) {
  const t = useTranslations('Template')
  const { scenario, appId, locale = null } = templateKey
  const stored = variants.filter((variant) => variant.appId === appId).map((variant) => variant.locale)
  const languages = new Set([null, ...locales, ...variants.map((variant) => variant.locale), locale])
  const value = locale ? languageName(locale) : t('base')
  return (
    <ChoiceMenu label={t('languagePicker', { language: value })} value={value}>
      {[...languages].map((language) => (
        <Choice
          key={language ?? ''}
          href={addressOf(scenario, app, language)}
          isChosen={language === locale}
          remark={stored.includes(language) ? undefined : t('notStored')}
        >
          {language ? languageName(language) : t('base')}
        </Choice>
      ))}
    </ChoiceMenu>
  )
}

/** Which template a send is made from as long as none is saved here, or what this one is for. */
function InUse({ opened, isSaved }: { opened: Opened; isSaved: boolean }) {
  const { templateKey, app, instead } = opened
  const t = useTranslations('Template')
  const language = templateKey.locale ? languageName(templateKey.locale) : ''
  if (isSaved) return language && <p>{t('usedFor', { language })}</p>
  if (!instead) return <p>{t('nothingYet')}</p>
  const used = t('placeName', {
    owner: instead.appId ? (app?.name ?? '') : t('default'),
    language: instead.locale ? languageName(instead.locale) : t('base'),
  })
  return <p>{t(language ? 'usesInLanguage' : 'usesInstead', { used, language })}</p>
}

type TestProps = { opened: Opened; editing: Editing<EmailContent>; samples: Samples }

function TestMail({ opened, editing, samples }: TestProps) {
  const { templateKey, scenario, shell } = opened
  const t = useTranslations('Template')
  const findingWords = useFindingWords()
  const client = useTRPCClient()
  const isOpen = editing.dialog === 'test-send'
  const content = editing.store.get
  if (!useOnceNeeded(isOpen)) return null
  return (
    <TestSendDialog
      words={{
        title: t('testSend'),
        intro: t('testSendIntro'),
        to: t('testSendTo'),
        verb: t('send'),
        busy: t('sending'),
      }}
      type="email"
      to={shell.user.email}
      send={(to) =>
        client.templates.testSend.mutate({ ...templateKey, content: content(), values: samples.values, to })
      }
      blocked={() => {
        const errors = quickFindings(content(), scenario).filter(({ severity }) => severity === 'error')
        const why = errors.map(findingWords).join(' ')
        return errors.length > 0 ? { tone: 'red', title: t('notSent'), why } : undefined
      }}
      isOpen={isOpen}
      onClose={editing.close}
    />
  )
}

export const EmailTemplate = (props: PageProps) => <OpenTemplate page={props} editor={EmailEditor} />
