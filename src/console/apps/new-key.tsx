'use client'
/** A key that was just made, in full, with a call that is ready to run. It cannot be shown again. */
import { useTranslations } from 'next-intl'
import { curlLine } from '../curl-line.ts'
import { CodeLine } from '../ui/code-line.tsx'
import { ShownOnce } from '../ui/shown-once.tsx'
import type { MadeKey } from './add-key.tsx'

export type NewKeyProps = MadeKey & { url: string; onDone: () => void }

export function NewKey({ value, name, kind, url, onDone }: NewKeyProps) {
  const t = useTranslations('App')
  return (
    <ShownOnce title={t('madeTitle', { name })} done={t('done')} onDone={onDone}>
      <p>{t('madeOnce')}</p>
      <CodeLine code={value} what={t('theKey')} />
      <p>{t(kind === 'test' ? 'tryTest' : 'tryLive')}</p>
      <CodeLine code={curlLine({ url, key: value })} what={t('theCall')} />
    </ShownOnce>
  )
}
