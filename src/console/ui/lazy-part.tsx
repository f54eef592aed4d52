'use client'
/** A part of a page that is loaded when it is needed first. Where that fails, a notice stands in its place and offers another try. */
import { useTranslations } from 'next-intl'
import { type ComponentType, useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { Result } from './result.tsx'

/** @param load loads the part; called again for every try until it succeeds once */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return function LazyPart(props: Props) {
    const [Part, setPart] = useState(() => loaded)
    const [tries, setTries] = useState(0)
    const [failed, setFailed] = useState(0)
    useEffect(() => {
      if (Part) return
      let isGone = false
      load().then(
        (found) => {
          loaded = found
          if (!isGone) setPart(() => found)
        },
        () => {
          if (!isGone) setFailed(tries + 1)
        },
      )
      return () => {
        isGone = true
      }
    }, [Part, tries])
    if (Part) return <Part {...props} />
    return failed > tries ? <NotLoaded onRetry={() => setTries(tries + 1)} /> : null
  }
}

function NotLoaded({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('Common')
  return (
    <Result
      tone="red"
      title={t('notLoaded')}
      next={t('notLoadedHint')}
      action={<Button onClick={onRetry}>{t('retry')}</Button>}
    />
  )
}
