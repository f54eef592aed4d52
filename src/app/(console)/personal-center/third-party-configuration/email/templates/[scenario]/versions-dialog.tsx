'use client'
/** What has been saved so far: who, when and why; each can be compared with what is edited, and brought back. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../../../../../trpc/client.tsx'
import { Button } from '../../../../../../ui/button.tsx'
import { Dialog } from '../../../../../../ui/dialog.tsx'
import { useProblemWords } from '../../../../../../ui/problem-words.tsx'
import { Result } from '../../../../../../ui/result.tsx'
import { Comparison } from './comparison.tsx'
import type { DialogsProps } from './editing-props.ts'
import { asEmail } from './stored-template.ts'
import { VersionTable } from './version-table.tsx'

type Props = DialogsProps & { onClose: () => void }

export function VersionsDialog(props: Props) {
  const { about, content, canWrite, isChanged, onClose } = props
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const [chosen, setChosen] = useState<number>()
  const listed = useQuery(trpc.templates.versions.queryOptions(about.place))
  const opened = useQuery(
    trpc.templates.version.queryOptions({ ...about.place, version: chosen ?? 1 }, { enabled: chosen !== undefined }),
  )
  const error = listed.error ?? opened.error
  const version = chosen === undefined ? undefined : opened.data
  const restore = () => {
    if (version) content.replace(asEmail(version.content))
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={chosen === undefined ? t('versions') : t('versionTitle', { version: chosen })}
    >
      <div className="dialog-body stack">
        {error && <Result {...words.result(error)} />}
        {chosen === undefined && listed.data && <VersionTable versions={listed.data} onCompare={setChosen} />}
        {version && <Against version={version} {...props} />}
        {!error && (chosen === undefined ? !listed.data : !version) && <p className="muted">{t('loading')}</p>}
        {version && canWrite && isChanged && <p className="muted small">{t('restoreLoses')}</p>}
      </div>
      <div className="dialog-end">
        {chosen !== undefined && <Button onClick={() => setChosen(undefined)}>{t('allVersions')}</Button>}
        <Button onClick={onClose}>{common('close')}</Button>
        {canWrite && version && (
          <Button kind="primary" onClick={restore}>
            {t('restore')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function Against({ version, content, nonce }: Props & { version: { version: number; content?: unknown } }) {
  const t = useTranslations('Template')
  const [now] = useState(() => content.get())
  return (
    <Comparison
      before={{ label: t('versionTitle', { version: version.version }), content: asEmail(version.content) }}
      after={{ label: t('inEditor'), content: now }}
      nonce={nonce}
    />
  )
}
