'use client'
/**
 * The findings under the editor: the check's right after the preview is drawn, the worker's when they are there. What blocks saving
 * comes first, each is a button that puts the cursor where it is.
 */
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import type { ContentStore } from '../content.ts'
import { type Finding, type FindingScenario, quickFindings } from './finding.ts'
import type { Question, Reading } from './reader.ts'

/** A finding in the reader's words. */
export function useFindingWords(): (finding: Finding) => string {
  const t = useDynamicWords('Findings')
  return useCallback(({ code, params, count }) => t(code, { ...params, count }), [t])
}

type Props = {
  findings: readonly Finding[]
  /** Whether the slower findings are of what is typed now. */
  isCurrent: boolean
  size: string | undefined
  sayFinding: (finding: Finding) => string
  onReveal: (finding: Finding) => void
}

export function FindingsPanel({ findings, isCurrent, size, sayFinding, onReveal }: Props) {
  const t = useTranslations('TemplateEditor')
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const hints = findings.length - errors
  return (
    <section className="findings" aria-label={t('findings')} aria-busy={!isCurrent}>
      <p className="findings-sum" role="status">
        {errors > 0 ? t('errorCount', { count: errors }) : t('noErrors')}
        {hints > 0 && <> · {t('hintCount', { count: hints })}</>}
        {size && <span className="muted"> · {size}</span>}
      </p>
      <ul className="findings-list">
        {findings.map((finding) => {
          const { code, severity, field, place } = finding
          const words = sayFinding(finding)
          const where = place ? `${place.line}:${place.column}` : ''
          return (
            <li
              key={`${code} ${field} ${place?.offset ?? ''} ${words}`}
              className={severity === 'error' ? 'red' : 'amber'}
            >
              <button type="button" onClick={() => onReveal(finding)}>
                <Icon name={severity === 'error' ? 'cross' : 'warning'} />
                <span className="unseen">{t(severity)}: </span>
                {field !== 'html' && <span className="muted">{t(`field_${field}`)} </span>}
                {where && <span className="numbers muted">{where} </span>}
                <span>{words}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <p className="findings-note muted">{t('programsNote')}</p>
    </section>
  )
}

/** Above this many characters the check waits for a pause, too. */
const long = 200_000
/** Otherwise so long that the preview is drawn first, in milliseconds. */
const soon = 100

const errorsFirst = (a: Finding, b: Finding) => Number(b.severity === 'error') - Number(a.severity === 'error')

/** @returns all findings of what is edited: errors first, then hints by where they stand */
export function useFindings(content: ContentStore, scenario: FindingScenario, reading: Reading | undefined): Finding[] {
  const [quick, setQuick] = useState(() => quickFindings(content.get(), scenario))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const check = () => {
      timer = undefined
      setQuick(quickFindings(content.get(), scenario))
    }
    check()
    const unsubscribe = content.subscribe(() => {
      const isLong = content.get().html.length > long
      if (isLong) clearTimeout(timer)
      if (isLong || timer === undefined) timer = setTimeout(check, isLong ? 300 : soon)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [content, scenario])
  return useMemo(() => [...quick, ...(reading?.findings ?? [])].sort(errorsFirst), [quick, reading])
}

const pause = 150

type Options = { content: ContentStore; variables: readonly string[]; values: Record<string, string> }

/** `isCurrent` is false while the reading is of an older content. */
export function useReading({ content, variables, values }: Options): { reading?: Reading; isCurrent: boolean } {
  const [reading, setReading] = useState<Reading>()
  const [isCurrent, setCurrent] = useState(false)
  const ask = useRef<() => void>(undefined)
  const latest = useRef({ variables, values })
  useEffect(() => {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
    let id = 0
    let isBusy = false
    let isStale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const send = () => {
      if (isBusy) return
      isBusy = true
      isStale = false
      worker.postMessage({ id: ++id, content: content.get(), ...latest.current } satisfies Question)
    }
    ask.current = () => {
      isStale = true
      setCurrent(false)
      clearTimeout(timer)
      timer = setTimeout(send, pause)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Reading>) => {
      isBusy = false
      setReading(data)
      if (isStale) send()
      else setCurrent(true)
    })
    worker.addEventListener('error', () => {
      // A template that the worker cannot read costs its hints, not the editor.
      isBusy = false
    })
    send()
    const unsubscribe = content.subscribe(() => ask.current?.())
    return () => {
      unsubscribe()
      clearTimeout(timer)
      worker.terminate()
    }
  }, [content])
  useEffect(() => {
    latest.current = { variables, values }
    ask.current?.()
  }, [variables, values])
  return { reading, isCurrent }
}
