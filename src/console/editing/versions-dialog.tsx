'use client'
/** What has been saved so far: who, when and why; each can be compared with what is edited, and brought back. */
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { Result } from '../ui/result.tsx'
import { Time } from '../ui/time.tsx'
import { asContent, type Compare, type Edited } from './edited.ts'

type Props<Content> = {
  templateKey: TemplateKey
  content: Edited<Content>
  compare: Compare<Content>
  canWrite: boolean
  isChanged: boolean
  onClose: () => void
}

export function VersionsDialog<Content>(props: Props<Content>) {
  const { templateKey, content, compare, canWrite, isChanged, onClose } = props
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const [now] = useState(() => content.get())
  const [chosen, setChosen] = useState<number>()
  const listed = useQuery(trpc.templates.versions.queryOptions(templateKey))
  const opened = useQuery(
    trpc.templates.version.queryOptions({ ...templateKey, version: chosen ?? 1 }, { enabled: chosen !== undefined }),
  )
  const error = listed.error ?? opened.error
  const version = chosen === undefined ? undefined : opened.data
  const stored = version && asContent<Content>(version.content)
  const restore = () => {
    if (stored) content.replace(stored)
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
        {version &&
          stored &&
          compare(
            { label: t('versionTitle', { version: version.version }), content: stored },
            { label: t('inEditor'), content: now },
          )}
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

type Version = inferRouterOutputs<AppRouter>['templates']['versions'][number]

/** The versions of a template, newest first. */
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
