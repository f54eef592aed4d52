'use client'
/** Copies a value and says so in place, to the eye and to a screen reader. */
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Icon } from './line-icon.tsx'

/** Where the page is not served over https the clipboard is out of reach; a selected text field is not. */
async function copyText(value: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    )
  }
  const field = document.createElement('textarea')
  field.value = value
  field.className = 'unseen'
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  return copied
}

/** `what` names the value for those who cannot see which one stands beside the button. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const t = useTranslations('Common')
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => setState((await copyText(value)) ? 'copied' : 'failed')
  const word = { idle: t('copy'), copied: t('copied'), failed: t('copyFailed') }[state]
  return (
    <button type="button" className="quiet" onClick={copy} title={t('copyWhat', { what })}>
      <Icon name={state === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{word}</span>
      <span className="unseen"> {what}</span>
    </button>
  )
}
