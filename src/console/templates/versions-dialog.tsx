'use client'
/** What has been saved so far: who, when and why; each can be compared with what is edited, and brought back. */
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { Result } from '../ui/result.tsx'
import { Time } from '../ui/time.tsx'

type Props = {
  templateKey: TemplateKey
  isReadOnly: boolean
  isChanged: boolean
  /** A stored content beside what is edited. */
  comparison: (label: string, content: unknown) => ReactNode
  onRestore: (content: unknown) => void
  onClose: () => void
}

export function VersionsDialog({ templateKey, isReadOnly, isChanged, comparison, onRestore, onClose }: Props) {
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const [chosen, setChosen] = useState<number>()
  const listed = useQuery(trpc.templates.versions.queryOptions(templateKey))
  const opened = useQuery(
    trpc.templates.version.queryOptions({ ...templateKey, version: chosen ?? 1 }, { enabled: chosen !== undefined }),
  )
  const error = listed.error ?? opened.error
  const version = chosen === undefined ? undefined : opened.data
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={chosen === undefined ? t('versions') : t('versionTitle', { version: chosen })}
    >
      <div className="dialog-body stack">
        {error && <Result {...words.result(error)} />}
        {chosen === undefined && listed.data && <VersionTable versions={listed.data} onCompare={setChosen} />}
        {version && comparison(t('versionTitle', { version: version.version }), version.content)}
        {!error && (chosen === undefined ? !listed.data : !version) && <p className="muted">{t('loading')}</p>}
        {version && !isReadOnly && isChanged && <p className="muted small">{t('restoreLoses')}</p>}
      </div>
      <div className="dialog-end">
        {chosen !== undefined && <Button onClick={() => setChosen(undefined)}>{t('allVersions')}</Button>}
        <Button onClick={onClose}>{common('close')}</Button>
        {!isReadOnly && version && (
          <Button
            kind="primary"
            onClick={() => {
              onRestore(version.content)
              onClose()
            }}
          >
            {t('restore')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

/** What is edited beside what it is written over. */
export function UnderneathDialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  const common = useTranslations('Common')
  return (
    <Dialog isOpen onClose={props.onClose} title={props.title}>
      <div className="dialog-body">{props.children}</div>
      <div className="dialog-end">
        <Button onClick={props.onClose}>{common('close')}</Button>
      </div>
    </Dialog>
  )
}

type Version = inferRouterOutputs<AppRouter>['templates']['versions'][number]

function VersionTable({ versions, onCompare }: { versions: readonly Version[]; onCompare: (version: number) => void }) {
  const t = useTranslations('Template')
  if (versions.length === 0) return <p className="muted">{t('noVersions')}</p>
  return (
    <DataTable
      label={t('versions')}
      className="versions"
      rows={versions}
      keyOf={({ version }) => version}
      columns={[
        { label: t('versionColumn'), cell: ({ version }) => t('versionNumber', { version }) },
        { label: t('author'), cell: ({ authorName }) => authorName ?? t('nobody') },
        { label: t('time'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        { label: t('note'), className: 'break', cell: ({ note }) => note },
      ]}
      actions={({ version }) => (
        <button type="button" className="quiet" onClick={() => onCompare(version)}>
          {t('compare')}
        </button>
      )}
    />
  )
}
