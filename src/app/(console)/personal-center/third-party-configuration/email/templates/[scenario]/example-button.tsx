'use client'
/** Puts a ready-made template into the form, in the language that is chosen beside it. */
import { useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { localeNames, locales } from '../../../../../../locale.ts'
import { useTRPC } from '../../../../../../trpc/client.tsx'
import { Button } from '../../../../../../ui/button.tsx'
import { useProblemWords } from '../../../../../../ui/problem-words.tsx'
import { Result, type ResultProps } from '../../../../../../ui/result.tsx'
import type { TemplateContent } from './template-content.ts'

type Props = { scenario: string; onInsert: (content: Partial<TemplateContent>) => void }

export function ExampleButton({ scenario, onInsert }: Props) {
  const t = useTranslations('TemplateForm')
  const words = useProblemWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [language, setLanguage] = useState(useLocale())
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ResultProps>()
  const insert = async () => {
    if (isBusy) return
    setBusy(true)
    setProblem(undefined)
    try {
      const options = trpc.templates.example.queryOptions(
        { scenario, language },
        { staleTime: Number.POSITIVE_INFINITY },
      )
      const example = await queryClient.fetchQuery(options)
      if (example) onInsert(example)
    } catch (error) {
      setProblem(words.result(error))
    }
    setBusy(false)
  }
  return (
    <>
      <div className="example">
        <Button onClick={insert} isBusy={isBusy}>
          {t('insertExample')}
        </Button>
        <select
          className="input"
          aria-label={t('exampleLanguage')}
          value={language}
          onChange={(event) => setLanguage(locales.find((locale) => locale === event.currentTarget.value) ?? language)}
        >
          {locales.map((locale) => (
            <option key={locale} value={locale}>
              {localeNames[locale]}
            </option>
          ))}
        </select>
      </div>
      {problem && <Result {...problem} />}
    </>
  )
}
