'use client'
/** The dialogs of a template's form: those of every template, and the test send. */
import { useTranslations } from 'next-intl'
import { TemplateDialogs } from '#console/editing/template-dialogs.tsx'
import type { TestSendOutcome, TestSendWords } from '#console/editing/test-send-dialog.tsx'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { type Difference, Differences } from '#console/ui/differences.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import type { Editing } from './use-editing.ts'

/** Loaded when it is opened first. */
const TestSendDialog = lazyPart(() =>
  import('#console/editing/test-send-dialog.tsx').then((file) => file.TestSendDialog),
)

/** A content as lines to compare, each under a name of its own. */
export type Line = { name: string; text: string }

/** Besides what a test send is called: what is said of an address that is no number of the channel's. */
export type PhoneTestWords = TestSendWords & { wrong: string }

type Props<Content> = {
  editing: Editing<Content>
  linesOf: (content: Content) => Line[]
  test: PhoneTestWords
  onTested?: (outcome: TestSendOutcome) => void
}

export function Dialogs<Content>({ editing, linesOf, test, onTested }: Props<Content>) {
  const { about, asked, setAsked, edited, saving, samples, problems, canWrite, isChanged } = editing
  const t = useTranslations('AccountTemplate')
  const common = useTranslations('Template')
  const editor = useTranslations('TemplateEditor')
  const client = useTRPCClient()
  const needsTest = useOnceNeeded(asked === 'test-send')
  const close = () => setAsked(undefined)
  return (
    <>
      <TemplateDialogs
        {...{ saving, canWrite, isChanged, underneath: editing.underneath, onDeleted: editing.onDeleted }}
        templateKey={about.templateKey}
        app={about.app}
        asked={asked === 'test-send' ? undefined : asked}
        onClose={close}
        content={edited.store}
        compare={(before, after) => (
          <div className="compare">
            <div className="compare-head">
              <span>{before.label}</span>
              <span>{after.label}</span>
            </div>
            <Differences
              fields={differencesOf(linesOf(before.content), linesOf(after.content))}
              none={editor('noDifference')}
            />
          </div>
        )}
      />
      {needsTest && (
        <TestSendDialog
          words={test}
          type="tel"
          to=""
          send={(to) =>
            client.templates.testSend.mutate({
              ...about.templateKey,
              content: edited.store.get(),
              values: samples.values,
              to,
            })
          }
          blocked={() => {
            const errors = problems.errorsIn(edited.store.get())
            if (errors.length === 0) return undefined
            problems.showMissing()
            return { tone: 'red', title: common('notSent'), why: t('markedBelow', { count: errors.length }) }
          }}
          say={(problem) => (problem.code === 'recipient_invalid' ? test.wrong : problems.say(problem))}
          failed={problems.providerFailure}
          isOpen={asked === 'test-send'}
          onClose={close}
          {...(onTested ? { onSent: onTested } : {})}
        />
      )}
    </>
  )
}

/** Lines of the same name beside each other, in the order of what was before and then of what is new. */
function differencesOf(before: readonly Line[], after: readonly Line[]): Difference[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  const textOf = (lines: readonly Line[], name: string) => lines.find((line) => line.name === name)?.text ?? ''
  return names.map((name) => ({ name, before: textOf(before, name), after: textOf(after, name) }))
}
