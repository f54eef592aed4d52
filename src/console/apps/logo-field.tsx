'use client'
/** The App's picture: chosen from a file, made small in the browser, shown before it is saved. */
import { useTranslations } from 'next-intl'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { useFieldProblem } from '../ui/form.tsx'
import { Logo } from './logo.tsx'
import { shrinkPicture } from './shrink-picture.ts'

export function LogoField({ logo: stored, name }: { logo: string | null; name: string }) {
  const t = useTranslations('App')
  const refused = useFieldProblem('logo')
  const file = useRef<HTMLInputElement>(null)
  const [logo, setLogo] = useState(stored)
  const [isUnusable, setUnusable] = useState(false)
  const helpId = useId()
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (!chosen) return
    const small = await shrinkPicture(chosen)
    setUnusable(!small)
    if (small) setLogo(small)
  }
  const problem = isUnusable ? t('logoUnusable') : refused
  return (
    <fieldset className="logo-field">
      <legend className="label">{t('logo')}</legend>
      <input type="hidden" name="logo" value={logo ?? ''} />
      <input ref={file} type="file" accept="image/png,image/jpeg,image/webp" hidden onChange={take} />
      <div className="row">
        <Logo logo={logo} name={name} />
        <Button aria-describedby={helpId} onClick={() => file.current?.click()}>
          {t(logo ? 'logoReplace' : 'logoChoose')}
        </Button>
        {logo && (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setLogo(null)
              setUnusable(false)
            }}
          >
            {t('logoRemove')}
          </button>
        )}
      </div>
      <p id={helpId} className={problem ? 'field-problem' : 'field-help'} role={problem ? 'alert' : undefined}>
        {problem ?? t('logoHelp')}
      </p>
    </fieldset>
  )
}
