'use client'
/** A gallery of ready-made mails for the scenario: looked at whole, and in a language to choose, before one is put into the editor. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { renderHtml, renderLine } from '#channels/email/render.ts'
import { isLocale, localeNames, locales } from '#console/shell/locale.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { Dialog } from '#console/ui/dialog.tsx'
import { MailFrame } from '#console/ui/mail-frame.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { Result } from '#console/ui/result.tsx'
import type { TemplateKey } from '#domain/templates/template-key.ts'
import { asEdited, type ContentStore } from './content.ts'
import './gallery.css'

type Props = {
  templateKey: TemplateKey
  content: ContentStore
  /** The names that the scenario declares, and what stands for them in the preview. */
  variables: readonly string[]
  values: Record<string, string>
  onClose: () => void
}

export function ExampleDialog({ templateKey, content, variables, values, onClose }: Props) {
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const words = useProblemWords()
  const trpc = useTRPC()
  const own = useLocale()
  const { scenario, locale } = templateKey
  const [language, setLanguage] = useState(isLocale(locale ?? undefined) ? (locale as typeof own) : own)
  const [design, setDesign] = useState<string>()
  const { data: examples = [], error } = useQuery(
    trpc.templates.examples.queryOptions({ scenario, language }, { placeholderData: keepPreviousData }),
  )
  const chosen = examples.find((example) => example.design === design) ?? examples[0]
  const { html, subject, fromName } = content.get()
  const isReplacing = html.trim() !== '' || subject.trim() !== ''
  const insert = () => {
    if (!chosen) return
    content.replace(asEdited({ ...chosen.content, fromName, text: undefined }))
    onClose()
  }
  const looks = useMemo(
    () => new Map(examples.map((example) => [example.design, renderHtml(example.content.html, values, variables)])),
    [examples, values, variables],
  )
  return (
    <Dialog isOpen isWide onClose={onClose} title={t('insertExample')} intro={t('exampleIntro')}>
      <div className="dialog-body stack">
        {error && <Result {...words.result(error)} />}
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
        <fieldset className="gallery">
          <legend className="label">{t('design')}</legend>
          {examples.map(({ design: one }) => (
            <label key={one} className="gallery-design">
              <input
                type="radio"
                name="design"
                checked={one === chosen?.design}
                onChange={() => setDesign(one)}
                aria-label={t(`design_${one}`)}
              />
              <span className="gallery-thumb" aria-hidden="true" inert>
                <MailFrame title={t(`design_${one}`)} mail={{ html: looks.get(one) ?? '', isDark: false }} />
              </span>
              {t(`design_${one}`)}
            </label>
          ))}
        </fieldset>
        {chosen && (
          <section className="gallery-mail" aria-label={t('examplePreview')}>
            <p>{renderLine(chosen.content.subject, values, variables)}</p>
            <MailFrame title={t('examplePreview')} mail={{ html: looks.get(chosen.design) ?? '', isDark: false }} />
          </section>
        )}
      </div>
      <div className="dialog-end">
        {isReplacing && <p className="gallery-replacing">{t('replaceIntro')}</p>}
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button kind="primary" onClick={insert} disabled={!chosen}>
          {isReplacing ? t('replaceVerb') : t('insert')}
        </Button>
      </div>
    </Dialog>
  )
}
