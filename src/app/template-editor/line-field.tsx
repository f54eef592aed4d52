'use client'
/**
 * A field of one line that may hold variables, the subject or the from name: a plain input, with the variables coloured
 * behind what is typed, and offered in a list once `$` is typed.
 */
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { compiled } from '#domain/templates/render.ts'
import type { ContentStore } from './content-store.ts'
import type { Variable } from './source/variables.ts'
import { useField } from './use-field.ts'

type Props = {
  content: ContentStore
  field: 'subject' | 'fromName'
  label: string
  placeholder?: string
  variables: readonly Variable[]
  maxLength: number
  isReadOnly?: boolean
}

/** What is being typed of a variable before the cursor. */
const typedBefore = (text: string, cursor: number) => /\$(?:\{\w*|<\w*)?$/.exec(text.slice(0, cursor))?.[0]

export function LineField({ content, field, label, placeholder, variables, maxLength, isReadOnly }: Props) {
  const t = useTranslations('TemplateEditor')
  const value = useField(content, field) ?? ''
  const input = useRef<HTMLInputElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const id = `template-${field}`
  const [typed, setTyped] = useState<string>()
  const [chosen, setChosen] = useState(0)
  const cursor = useRef<number>(undefined)
  const wanted = typed?.replace(/^\$[{<]?/, '') ?? ''
  const offered = typed === undefined ? [] : variables.filter(({ name }) => name.startsWith(wanted))
  const isOpen = offered.length > 0

  useEffect(() => {
    if (cursor.current === undefined || value === '') return
    input.current?.setSelectionRange(cursor.current, cursor.current)
    cursor.current = undefined
  }, [value])
  const follow = () => {
    if (mirror.current && input.current) mirror.current.scrollLeft = input.current.scrollLeft
  }
  const watch = () => {
    const {
      selectionStart,
      selectionEnd,
      value: now,
    } = input.current ?? { selectionStart: 0, selectionEnd: 0, value: '' }
    setTyped(selectionStart === selectionEnd ? typedBefore(now, selectionStart ?? 0) : undefined)
    setChosen(0)
    follow()
  }
  const put = ({ name }: Variable) => {
    const at = input.current?.selectionStart ?? value.length
    const written = typed?.startsWith('$<') ? `$<${name}>` : `\${${name}}`
    const before = value.slice(0, at - (typed?.length ?? 0)) + written
    const after = value.slice(at).replace(/^[}>]/, '')
    cursor.current = before.length
    content.set(field, before + after)
    setTyped(undefined)
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    const variable = offered[chosen]
    if (step !== undefined) setChosen((chosen + step + offered.length) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && variable) put(variable)
    else if (event.key === 'Escape') setTyped(undefined)
    else return
    event.preventDefault()
  }
  return (
    <div className="line-field">
      <label htmlFor={id}>{label}</label>
      <div className="line-field-place">
        <div ref={mirror} className="line-field-mirror" aria-hidden="true">
          <Coloured source={value} variables={variables} />
        </div>
        <input
          ref={input}
          id={id}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          readOnly={isReadOnly}
          autoComplete="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={isOpen ? `${id}-${chosen}` : undefined}
          onChange={(event) => {
            content.set(field, event.currentTarget.value)
            watch()
          }}
          onSelect={watch}
          onScroll={follow}
          onBlur={() => setTyped(undefined)}
          onKeyDown={onKeyDown}
        />
        {isOpen && (
          <div id={`${id}-list`} role="listbox" aria-label={t('variables')} className="line-field-list">
            {offered.map((variable, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the input keeps the focus and hears the keys
              <div
                key={variable.name}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => put(variable)}
              >
                <span className="mono">{`\${${variable.name}}`}</span>
                <span className="muted">{variable.sample}</span>
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

/** The text with its variables marked: the same reading as everywhere else. */
function Coloured({ source, variables }: { source: string; variables: readonly Variable[] }) {
  const { parts } = compiled(
    source,
    variables.map(({ name }) => name),
  )
  let at = 0
  return parts.map((part) => {
    const start = at
    if (typeof part === 'string') {
      // A backslash that makes a `${` literal is not part of the text, but it is part of what is typed.
      const end = endOf(source, at, part)
      at = end
      return source.slice(start, end)
    }
    at = source.indexOf(source[at + 1] === '<' ? '>' : '}', at) + 1
    return (
      <mark key={start} className="cm-variable">
        {source.slice(start, at)}
      </mark>
    )
  })
}

/** Where a piece of text ends in the source it was read from. */
function endOf(source: string, start: number, text: string): number {
  let at = start
  for (let index = 0; index < text.length; index++, at++) {
    const isEscape = source[at] === '\\' && source[at + 1] === '$' && text[index] === '$'
    if (isEscape) at++
  }
  return at
}
