'use client'
/** How the last save ended, where the button is: the new version, or whose came first and what to do about it. */
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '../../../../../../ui/button.tsx'
import { Result } from '../../../../../../ui/result.tsx'
import { Time } from '../../../../../../ui/time.tsx'
import { ContentView } from './content-view.tsx'
import { contentOf } from './template-content.ts'
import type { Conflict, TemplateSaving } from './use-template-save.ts'

export function SaveEnding({ saving }: { saving: TemplateSaving }) {
  const t = useTranslations('TemplateForm')
  const { conflict, savedVersion, isBusy, saveOver } = saving
  const place = useRef<HTMLDivElement>(null)
  const isShown = !isBusy && (conflict !== undefined || savedVersion !== undefined)
  useEffect(() => {
    if (isShown) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  if (!isShown) return null
  return (
    <div ref={place} className="save-ending">
      {conflict ? (
        <Theirs conflict={conflict} onSaveMine={saveOver} />
      ) : (
        savedVersion !== undefined && <Result tone="green" title={t('savedAs', { version: savedVersion })} />
      )}
    </div>
  )
}

function Theirs({ conflict: { stored }, onSaveMine }: { conflict: Conflict; onSaveMine: () => void }) {
  const t = useTranslations('TemplateForm')
  const saveMine = <Button onClick={onSaveMine}>{stored ? t('saveMineOver') : t('saveMine')}</Button>
  if (!stored) return <Result tone="amber" title={t('deletedMeanwhile')} why={t('yoursIsHere')} action={saveMine} />
  return (
    <Result
      tone="amber"
      title={t('savedMeanwhile', { by: stored.updatedBy ?? t('nobody'), version: stored.version })}
      why={
        <>
          <Time at={stored.updatedAt} />. {t('yoursIsHere')}
        </>
      }
      next={
        <details className="fold">
          <summary>{t('seeTheirs')}</summary>
          <ContentView content={contentOf(stored.content)} />
        </details>
      }
      action={saveMine}
    />
  )
}
