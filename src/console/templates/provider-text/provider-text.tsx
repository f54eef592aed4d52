'use client'
/** A template that belongs to an account: a form beside its preview, the same for every channel whose providers have texts. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ContentProblem } from '#channels/problems.ts'
import type { Texts } from '#channels/texts.ts'
import { byLines, type Line } from '#console/editing/compare.tsx'
import { hasFormOf, isAlike, useDraft } from '#console/editing/draft.ts'
import type { Editing } from '#console/editing/editing.ts'
import { Choice, ChoiceMenu } from '#console/editing/editing-page.tsx'
import { Tick } from '#console/editing/field.tsx'
import { useProblems } from '#console/editing/problems.ts'
import { FormWithPreview, useSamples, useVariables } from '#console/editing/samples.tsx'
import type { TestSendOutcome, TestSendWords } from '#console/editing/test-send-dialog.tsx'
import { type AppName, templatePlace } from '#console/links.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Result } from '#console/ui/result.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { asContent, type TemplateOpened, type TemplatePageProps, useTemplateEditing } from '../template.ts'
import { TemplatePage } from '../template-page.tsx'

const TestSendDialog = lazyPart(() =>
  import('#console/editing/test-send-dialog.tsx').then((file) => file.TestSendDialog),
)

/** `isInForce`: it is the validated one, whose templates are used. */
export type AccountName = { id: string; name: string; provider: string; isInForce: boolean }

export type ProviderTextProps = TemplatePageProps & {
  accounts: readonly AccountName[]
  /** The one that the template belongs to. */
  account: AccountName
  /** What the account's provider says of its texts. */
  texts: Texts
}

export type ProviderTextOpened = ProviderTextProps & TemplateOpened

/** What a channel knows of its contents. All pure. */
export type TextForm<Content> = {
  empty: Content
  isContent: (value: unknown) => value is Content
  /** The content without what the form keeps for convenience. */
  asSent: (content: Content) => Content
  check: (content: Content, scenario: Scenario, texts: Texts) => ContentProblem[]
  missing: (content: Content, texts: Texts) => ContentProblem[]
}

type TextDraft<Content> = { content: Content; fallBack: boolean }

export function useProviderText<Content>(opened: ProviderTextOpened, form: TextForm<Content>) {
  const { account, texts, scenario, stored, underneath } = opened
  const t = useTranslations('Template')
  const own = useTranslations('AccountTemplate')
  const withContent = (content: unknown, fallBack: boolean): TextDraft<Content> => ({
    content: { ...form.empty, ...asContent<Content>(content) },
    fallBack,
  })
  const asSent = ({ content, fallBack }: TextDraft<Content>) => ({ content: form.asSent(content), fallBack })
  const editing: Editing<TextDraft<Content>> = useTemplateEditing(opened, {
    startFrom: stored ?? underneath,
    draftOf: (from) => (from ? withContent(from.content, from.fallBack) : { content: form.empty, fallBack: false }),
    contentOf: ({ content }) => form.asSent(content),
    fallBackOf: ({ fallBack }) => fallBack,
    isDraft: (value): value is TextDraft<Content> =>
      hasFormOf({ content: {}, fallBack: false }, value) && form.isContent(value.content),
    isSame: (one, other) => isAlike(asSent(one), asSent(other)),
    blocked: ({ content }) => problems.blocked(form.asSent(content), (count) => t('blocked', { count })),
    refused: (error, { content }) => problems.refused(error, form.asSent(content), own('notChecked')),
  })
  const { store, canWrite } = editing
  const { content, fallBack } = useDraft(store, (draft) => draft)
  const samples = useSamples(scenario.key)
  const problems = useProblems({
    content,
    provider: account.provider,
    check: (typed: Content) => form.check(typed, scenario, texts),
    missing: (typed: Content) => form.missing(typed, texts),
  })
  return {
    ...{ opened, editing, content, fallBack, samples, problems, canWrite, withContent },
    variables: useVariables(scenario.variables, samples.values),
    change: (next: Content) => store.change({ content: next }),
    /** As it would be sent at the moment of the call. */
    sent: () => form.asSent(store.get().content),
  }
}

export type ProviderText<Content> = ReturnType<typeof useProviderText<Content>>

type Props<Content> = {
  text: ProviderText<Content>
  notices?: ReactNode
  form: ReactNode
  preview: ReactNode
  linesOf: (content: Content) => Line[]
  /** What a test send is called, and what is said of an address that is no number of the channel's. */
  test: TestSendWords & { wrong: string }
  onTested?: (outcome: TestSendOutcome) => void
}

export function ProviderTextPage<Content>({ text, notices, form, preview, linesOf, test, onTested }: Props<Content>) {
  const { opened, editing, fallBack, samples, variables, problems, canWrite, withContent } = text
  const { templateKey, app, account } = opened
  const t = useTranslations('AccountTemplate')
  // The account in force needs no name in an address: it stays right when another takes its place.
  const addressOf = (owner: AppName | null, { id, isInForce }: AccountName) =>
    templatePlace(templateKey.channel, templateKey.scenario, {
      app: owner?.key,
      account: isInForce ? undefined : id,
    })
  return (
    <TemplatePage
      {...{ opened, editing }}
      isScrolling
      withContent={(content) => withContent(content, editing.store.get().fallBack)}
      compare={byLines(({ content }) => linesOf(content))}
      addressOf={(owner) => addressOf(owner, account)}
      pickers={
        <ChoiceMenu label={t('accountPicker', { account: account.name })} value={account.name}>
          {opened.accounts.map((one) => (
            <Choice
              key={one.id}
              href={addressOf(app, one)}
              isChosen={one.id === account.id}
              remark={one.isInForce ? t('inForce') : undefined}
            >
              {one.name}
            </Choice>
          ))}
        </ChoiceMenu>
      }
      testName={test.title}
      notices={
        <>
          <InUse text={text} />
          {notices}
        </>
      }
    >
      <FormWithPreview
        {...{ variables, samples, preview }}
        formRef={problems.fields}
        form={
          <>
            {form}
            {app && (
              <Tick
                label={t('fallBack')}
                help={t('fallBackHelp', { app: app.name })}
                isTicked={fallBack}
                isReadOnly={!canWrite}
                onChange={(isTicked) => editing.store.change({ fallBack: isTicked })}
              />
            )}
          </>
        }
      />
      <TestSend text={text} words={test} {...(onTested ? { onTested } : {})} />
    </TemplatePage>
  )
}

/** Which template is used as long as this one is not. */
function InUse<Content>({ text: { opened, editing } }: { text: ProviderText<Content> }) {
  const { account, accounts, underneath } = opened
  const t = useTranslations('AccountTemplate')
  const common = useTranslations('Template')
  const inForce = accounts.find(({ isInForce }) => isInForce)
  return (
    <>
      {!editing.saved && (
        <p>{underneath ? common('usesInstead', { used: common('default') }) : common('nothingYet')}</p>
      )}
      {!account.isInForce && (
        <Result
          tone="grey"
          title={t('notInForce', { account: account.name })}
          why={inForce ? t('notInForceWhy', { other: inForce.name }) : t('noneInForce')}
        />
      )}
    </>
  )
}

type TestSendProps<Content> = Pick<Props<Content>, 'text' | 'onTested'> & { words: Props<Content>['test'] }

function TestSend<Content>({ text, words, onTested }: TestSendProps<Content>) {
  const { opened, editing, samples, problems, sent } = text
  const t = useTranslations('AccountTemplate')
  const common = useTranslations('Template')
  const client = useTRPCClient()
  const isOpen = editing.dialog === 'test-send'
  if (!useOnceNeeded(isOpen)) return null
  return (
    <TestSendDialog
      {...{ words, isOpen }}
      type="tel"
      to=""
      send={(to) =>
        client.templates.testSend.mutate({ ...opened.templateKey, content: sent(), values: samples.values, to })
      }
      blocked={() => {
        const errors = problems.errorsIn(sent())
        if (errors.length === 0) return undefined
        problems.showMissing()
        return { tone: 'red', title: common('notSent'), why: t('markedBelow', { count: errors.length }) }
      }}
      say={(problem) => (problem.code === 'recipient_invalid' ? words.wrong : problems.say(problem))}
      failed={problems.providerFailure}
      onClose={editing.close}
      {...(onTested ? { onSent: onTested } : {})}
    />
  )
}
