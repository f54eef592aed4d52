'use client'
/** The dialogs of the editor, one at a time; each is loaded when it is opened first. */
import { useTranslations } from 'next-intl'
import type { EmailContent } from '#channels/email/content.ts'
import { TemplateDialogs } from '#console/editing/template-dialogs.tsx'
import { usePhrases } from '#console/editing/use-phrases.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import type { DialogsProps } from './editing-props.ts'
import { useFindingWords } from './findings/findings-panel.tsx'
import { quickFindings } from './findings/quick-findings.ts'

const TestSendDialog = lazyPart(() =>
  import('#console/editing/test-send-dialog.tsx').then((file) => file.TestSendDialog),
)
const VersionCompare = lazyPart(() => import('./version-compare.tsx').then((file) => file.default))
const ExampleDialog = lazyPart(() => import('./example-dialog.tsx').then((file) => file.ExampleDialog))

export function EditorDialogs(props: DialogsProps) {
  const { about, variants, underneath, asked, onAsk, content, saving, draft, canWrite, isChanged } = props
  const { templateKey, app } = about
  const isTesting = asked === 'test-send'
  const needsTest = useOnceNeeded(isTesting)
  const close = () => onAsk(undefined)
  const ownLanguages = variants.filter(({ appId, locale }) => appId === templateKey.appId && locale !== null)
  return (
    <>
      <TemplateDialogs
        {...{ templateKey, app, content, saving, canWrite, isChanged }}
        asked={asked === 'test-send' || asked === 'example' ? undefined : asked}
        onClose={close}
        compare={(before, after) => <Comparison before={before} after={after} />}
        underneath={underneath}
        languages={templateKey.locale ? 0 : ownLanguages.length}
        onSettled={draft.forget}
        onDeleted={() => {
          draft.forget()
          props.onDeleted()
        }}
      />
      {asked === 'example' && <ExampleDialog {...props} onClose={close} />}
      {needsTest && <TestMail {...props} isOpen={isTesting} onClose={close} />}
    </>
  )
}

type TestMailProps = DialogsProps & { isOpen: boolean; onClose: () => void }

function TestMail({ about, shell, scenario, content, values, isOpen, onClose }: TestMailProps) {
  const t = useTranslations('Template')
  const say = useFindingWords()
  const client = useTRPCClient()
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
      send={(to) => client.templates.testSend.mutate({ ...about.templateKey, content: content.get(), values, to })}
      blocked={() => {
        const errors = quickFindings(content.get(), scenario).filter(({ severity }) => severity === 'error')
        return errors.length > 0 ? { tone: 'red', title: t('notSent'), why: errors.map(say).join(' ') } : undefined
      }}
      isOpen={isOpen}
      onClose={onClose}
    />
  )
}

type Side = { label: string; content: EmailContent }

/** Two contents side by side, as the dialogs of the editor show them. */
function Comparison({ before, after }: { before: Side; after: Side }) {
  const phrases = usePhrases()
  return <VersionCompare before={before} after={after} phrases={phrases} />
}
