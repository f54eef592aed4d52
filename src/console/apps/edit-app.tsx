'use client'
/** Changes what is shown of an App. Its key stays: backends and addresses hold on to it. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { type FormValues, useFieldProblem } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { AppSettings, NameField, settingInputs, settingsOf } from './app-fields.tsx'
import { Logo } from './logo.tsx'

export type App = inferRouterOutputs<AppRouter>['apps']['get']

type Props = { app: App; isOpen: boolean; onClose: () => void }

export function EditApp({ app, isOpen, onClose }: Props) {
  const t = useTranslations('App')
  const words = useProblemWords()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const trpc = useTRPC()
  const save = async (values: FormValues) => {
    try {
      await client.apps.change.mutate({ ...settingsOf(values), id: app.id, logo: values.logo || null })
      await queries.invalidateQueries({ queryKey: trpc.apps.get.queryKey({ key: app.key }) })
      return undefined
    } catch (error) {
      return words.form(error, { inputs: settingInputs })
    }
  }
  return (
    <FormDrawer isOpen={isOpen} onClose={onClose} title={t('editTitle', { name: app.name })} onSave={save}>
      <NameField name={app.name} />
      <AppSettings language={app.language} codeLifetimeMinutes={app.codeLifetimeMinutes} />
      <LogoField logo={app.logo} name={app.name} />
    </FormDrawer>
  )
}

/** The App's picture: chosen from a file, made small in the browser, shown before it is saved. */
function LogoField({ logo: stored, name }: { logo: string | null; name: string }) {
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
    <fieldset className="stack-tight">
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

/** Makes a picture small enough to be kept with the App: drawn anew in the browser, at most 128 pixels a side. */
const side = 128
/** What the server takes at most, as characters of a data address. */
const longest = 80_000

/** As WebP where the browser writes it, else PNG; rougher as long as it is too large. */
function written(canvas: HTMLCanvasElement): string | undefined {
  const tries = [0.92, 0.8, 0.6, 0.4].map((quality) => () => canvas.toDataURL('image/webp', quality))
  for (const attempt of tries) {
    const address = attempt()
    if (/^data:image\/(webp|png);/.test(address) && address.length <= longest) return address
  }
  return undefined
}

/** The picture as a data address; undefined for a file that is no picture the browser can draw. */
async function shrinkPicture(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture || picture.width === 0 || picture.height === 0) return undefined
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const drawing = canvas.getContext('2d')
  if (!drawing) return undefined
  drawing.imageSmoothingQuality = 'high'
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return written(canvas)
}
