'use client'
/** The versions of a template, newest first. */
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
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
    <div className="list">
      <table aria-label={t('versions')} className="versions">
        <thead>
          <tr>
            <th scope="col">{t('versionColumn')}</th>
            <th scope="col">{t('author')}</th>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('note')}</th>
            <th scope="col">
              <span className="unseen">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, authorName, createdAt, note }) => (
            <tr key={version}>
              <th scope="row">{t('versionNumber', { version })}</th>
              <td data-label={t('author')}>{authorName ?? t('nobody')}</td>
              <td data-label={t('time')}>
                <Time at={createdAt} />
              </td>
              <td data-label={t('note')} className="break">
                {note}
              </td>
              <td className="actions">
                <button type="button" className="quiet" onClick={() => onCompare(version)}>
                  {t('compare')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
