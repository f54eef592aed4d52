'use client'
/** The versions of a template, newest first. */
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { DataTable } from '../ui/data-table.tsx'
import { Time } from '../ui/time.tsx'

type Version = inferRouterOutputs<AppRouter>['templates']['versions'][number]

export function VersionTable({
  versions,
  onCompare,
}: {
  versions: readonly Version[]
  onCompare: (version: number) => void
}) {
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
