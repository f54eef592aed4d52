'use client'
/** Adds an App and goes on to its page, where its keys are made. The key follows the name until somebody types one. */
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'
import type { FormValues } from '../ui/form.tsx'
import { FormDrawer } from '../ui/form-drawer.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import { AppSettings, NameField, settingInputs, settingsOf } from './app-fields.tsx'

export function AddApp() {
  const t = useTranslations('Apps')
  const words = useProblemWords()
  const client = useTRPCClient()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const add = async (values: FormValues) => {
    try {
      const { key } = await client.apps.add.mutate({ ...settingsOf(values), key: values.key?.trim() ?? '', logo: null })
      router.push(`/apps/${key}`)
      return undefined
    } catch (error) {
      return words.form(error, { inputs: settingInputs })
    }
  }
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        {t('add')}
      </Button>
      <FormDrawer
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('addTitle')}
        intro={t('addIntro')}
        onSave={add}
      >
        <NewAppFields />
      </FormDrawer>
    </>
  )
}

function NewAppFields() {
  const t = useTranslations('Apps')
  const locale = useLocale()
  const fields = useRef<HTMLDivElement>(null)
  const isTouched = useRef(false)
  const suggest = (name: string) => {
    const key = fields.current?.querySelector<HTMLInputElement>('input[name="key"]')
    if (key && !isTouched.current) key.value = suggestKey(name)
  }
  return (
    <div ref={fields} className="form">
      <NameField onName={suggest} />
      <TextField
        name="key"
        label={t('key')}
        help={t('keyHelp')}
        required
        autoComplete="off"
        maxLength={40}
        onChange={(event) => {
          isTouched.current = event.currentTarget.value !== ''
        }}
      />
      <AppSettings language={locale} />
    </div>
  )
}

/** A key for an App, made from its name; empty where the name has nothing to make one from. */
function suggestKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const key = /^[0-9]/.test(words) ? `app-${words}` : words
  return key.slice(0, 40).replace(/-+$/, '')
}
