'use client'
/** What has been saved so far: who, when and why; each version can be looked at and put into the form again. */
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useTRPC } from '../../../../../../trpc/client.tsx'
import { Button } from '../../../../../../ui/button.tsx'
import { Dialog } from '../../../../../../ui/dialog.tsx'
import { Section } from '../../../../../../ui/page-head.tsx'
import { useProblemWords } from '../../../../../../ui/problem-words.tsx'
import { Result } from '../../../../../../ui/result.tsx'
import { Time } from '../../../../../../ui/time.tsx'
import { ContentView } from './content-view.tsx'
import { contentOf, type TemplateContent } from './template-content.ts'
import type { Place } from './use-template-save.ts'

type Props = { place: Place; canUse: boolean; onUse: (content: TemplateContent) => void }

export function VersionsSection({ place, canUse, onUse }: Props) {
  const t = useTranslations('TemplateForm')
  const trpc = useTRPC()
  const { data: versions } = useSuspenseQuery(trpc.templates.versions.queryOptions(place))
  const [viewed, setViewed] = useState<number>()
  const [used, setUsed] = useState<TemplateContent>()
  // Only when the dialog has closed: until then the form behind it takes no focus.
  useEffect(() => {
    if (!used) return
    onUse(used)
    setUsed(undefined)
  }, [used, onUse])
  if (versions.length === 0) return null
  return (
    <Section id="versions" title={t('versions')}>
      <div className="list">
        <table aria-labelledby="versions">
          <thead>
            <tr>
              <th scope="col">{t('version')}</th>
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
                  <button type="button" className="quiet" onClick={() => setViewed(version)}>
                    {t('view')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <VersionDialog
        place={place}
        version={viewed}
        canUse={canUse}
        onClose={() => setViewed(undefined)}
        onUse={(content) => {
          setViewed(undefined)
          setUsed(content)
        }}
      />
    </Section>
  )
}

type DialogProps = Props & { version: number | undefined; onClose: () => void }

function VersionDialog({ place, version, canUse, onUse, onClose }: DialogProps) {
  const t = useTranslations('TemplateForm')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const { data, error } = useQuery(
    trpc.templates.version.queryOptions({ ...place, version: version ?? 1 }, { enabled: version !== undefined }),
  )
  const content = data && contentOf(data.content)
  return (
    <Dialog isOpen={version !== undefined} onClose={onClose} title={t('versionTitle', { version: version ?? 0 })} side>
      <div className="dialog-body">
        {error && <Result {...words.result(error)} />}
        {content ? <ContentView content={content} /> : !error && <p className="muted">{t('loading')}</p>}
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{common('close')}</Button>
        {canUse && content && <Button onClick={() => onUse(content)}>{t('useVersion')}</Button>}
      </div>
    </Dialog>
  )
}
