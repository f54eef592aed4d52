/** What owners decide about the data of their organization. */
import { getTranslations } from 'next-intl/server'
import { personalCenter } from '#console/links.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { EraseForm } from './erase-form.tsx'
import { RetentionForm } from './retention-form.tsx'

export async function DataPage() {
  const [{ permissions }, t, shell] = await Promise.all([
    loadShell(),
    getTranslations('Data'),
    getTranslations('Shell'),
  ])
  return (
    <>
      <PageHead
        crumbs={[{ label: shell('personalCenter'), href: personalCenter.href }]}
        title={t('title')}
        purpose={t('purpose')}
      />
      {permissions.includes('data:write') ? (
        <>
          <RetentionForm {...(await caller().data.retention())} />
          <EraseForm />
        </>
      ) : (
        <EmptyState title={t('forbidden')} text={t('forbiddenHint')} />
      )}
    </>
  )
}
