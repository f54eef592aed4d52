'use client'
/** What has been saved so far: who, when and why; each can be compared with what is edited, and brought back. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { TemplatePlace } from '#domain/templates/place.ts'
import { useTRPC } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { Result } from '../ui/result.tsx'
import { asContent, type Compare, type Edited } from './edited.ts'

import { VersionTable } from './version-table.tsx'

type Props<Content> = {
  place: TemplatePlace
  content: Edited<Content>
  compare: Compare<Content>
  canWrite: boolean
  isChanged: boolean
  onClose: () => void
}

export function VersionsDialog<Content>(props: Props<Content>) {
  const { place, content, compare, canWrite, isChanged, onClose } = props
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const [now] = useState(() => content.get())
  const [chosen, setChosen] = useState<number>()
  const listed = useQuery(trpc.templates.versions.queryOptions(place))
  const opened = useQuery(
    trpc.templates.version.queryOptions({ ...place, version: chosen ?? 1 }, { enabled: chosen !== undefined }),
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
