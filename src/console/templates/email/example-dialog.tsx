'use client'
/** Puts a ready-made template for the scenario into the editor, in a language to choose; says so when it replaces something. */
import { useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { isLocale, localeNames, locales } from '#console/shell/locale.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { Dialog } from '#console/ui/dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result, type ResultProps } from '#console/ui/result.tsx'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { asEdited, type ContentStore } from './content.ts'

type Props = { templateKey: TemplateKey; content: ContentStore; onClose: () => void }

export function ExampleDialog({ templateKey, content, onClose }: Props) {
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const own = useLocale()
  const { scenario, locale } = templateKey
  const [language, setLanguage] = useState(isLocale(locale ?? undefined) ? (locale as typeof own) : own)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ResultProps>()
  const { html, subject } = content.get()
  const isReplacing = html.trim() !== '' || subject.trim() !== ''
  const insert = async () => {
    if (isBusy) return
    setBusy(true)
    setProblem(undefined)
    try {
      const example = await queryClient.fetchQuery(trpc.templates.example.queryOptions({ scenario, language }))
      if (example) content.replace(asEdited({ ...example, fromName: content.get().fromName, text: undefined }))
      onClose()
    } catch (error) {
      setProblem(words.result(error))
      setBusy(false)
    }
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('insertExample')} intro={t('exampleIntro')}>
      <div className="dialog-body stack">
        {problem && <Result {...problem} />}
        <label>
          <span className="label">{t('exampleLanguage')}</span>
          <select
            className="input"
            value={language}
            onChange={({ currentTarget: { value } }) => isLocale(value) && setLanguage(value)}
          >
            {locales.map((one) => (
              <option key={one} value={one}>
                {localeNames[one]}
              </option>
            ))}
          </select>
        </label>
        {isReplacing && <p>{t('replaceIntro')}</p>}
      </div>
      <div className="dialog-end">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button kind="primary" onClick={insert} isBusy={isBusy}>
          {isReplacing ? t('replaceVerb') : t('insert')}
        </Button>
      </div>
    </Dialog>
  )
}
