'use client'
/**
 * An input, of one line unless it is told otherwise, that may hold variables: plain, with the variables coloured behind what is typed, offered in a list
 * once `$` is typed and, where that is asked for, in a menu beside it.
 */
import { useTranslations } from 'next-intl'
import { type ComponentProps, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { compiled } from '#channels/render.ts'
import { Menu, MenuItem } from '../ui/menu.tsx'
import type { Variable } from './samples.tsx'
import './variable-input.css'

type Box = HTMLInputElement | HTMLTextAreaElement

type Props = Pick<ComponentProps<'input'>, 'placeholder' | 'maxLength' | 'aria-invalid' | 'aria-describedby'> & {
  id: string
  value: string
  variables: readonly Variable[]
  isReadOnly?: boolean | undefined
  /** Grows with what is typed. */
  isMultiline?: boolean
  /** Names a button that offers the variables to whoever does not know the `$`; none unless given. */
  insertLabel?: string
  onChange: (value: string) => void
}

/** What is being typed of a variable before the cursor. */
const typedBefore = (text: string, cursor: number) => /\$(?:\{\w*|<\w*)?$/.exec(text.slice(0, cursor))?.[0]

export function VariableInput(props: Props) {
  const { id, value, variables, isReadOnly, isMultiline, insertLabel, onChange, ...rest } = props
  const t = useTranslations('TemplateEditor')
  const input = useRef<Box>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const { offered, chosen, watch, put, close, onKeyDown } = useCompletion(input, value, variables, onChange)
  const isOpen = offered.length > 0
  const follow = () => {
    if (mirror.current && input.current) mirror.current.scrollLeft = input.current.scrollLeft
  }
  const box = {
    ...rest,
    ...{ id, value, readOnly: isReadOnly },
    ref: (element: Box | null) => {
      input.current = element
    },
    ...{ autoComplete: 'off', spellCheck: false, 'aria-autocomplete': 'list' as const },
    'aria-controls': isOpen ? `${id}-list` : undefined,
    'aria-activedescendant': isOpen ? `${id}-${chosen}` : undefined,
    onChange: (event: { currentTarget: Box }) => {
      onChange(event.currentTarget.value)
      watch()
      follow()
    },
    onSelect: () => {
      watch()
      follow()
    },
    ...{ onScroll: follow, onBlur: close, onKeyDown },
  }
  return (
    <div className="variable-input" data-multiline={isMultiline}>
      <div ref={mirror} className="variable-input-mirror" aria-hidden="true">
        <Coloured source={value} variables={variables} />
        {isMultiline && '\n'}
      </div>
      {isMultiline ? <textarea {...box} /> : <input {...box} />}
      {insertLabel && !isReadOnly && (
        <Menu label={insertLabel} align="end" buttonClass="variable-insert mono" button="${}">
          {variables.map((variable) => (
            <MenuItem key={variable.name} onClick={() => put(variable)}>
              <span className="mono">{`\${${variable.name}}`}</span>
              <span className="muted small variable-meaning">{variable.description}</span>
            </MenuItem>
          ))}
        </Menu>
      )}
      {isOpen && (
        <div id={`${id}-list`} role="listbox" aria-label={t('variables')} className="variable-input-list">
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
  )
}

/** What is offered for what is typed before the cursor, and how one of it is put in its place. */
function useCompletion(
  input: RefObject<Box | null>,
  value: string,
  variables: readonly Variable[],
  onChange: (value: string) => void,
) {
  const [typed, setTyped] = useState<string>()
  const [chosen, setChosen] = useState(0)
  const cursor = useRef<number>(undefined)
  const wanted = typed?.replace(/^\$[{<]?/, '') ?? ''
  const offered = typed === undefined ? [] : variables.filter(({ name }) => name.startsWith(wanted))

  useEffect(() => {
    if (cursor.current === undefined || value === '') return
    input.current?.setSelectionRange(cursor.current, cursor.current)
    cursor.current = undefined
  }, [value, input])
  const watch = () => {
    const { selectionStart, selectionEnd, value: now = '' } = input.current ?? {}
    setTyped(selectionStart === selectionEnd ? typedBefore(now, selectionStart ?? 0) : undefined)
    setChosen(0)
  }
  const put = ({ name }: Variable) => {
    const at = input.current?.selectionStart ?? value.length
    const written = typed?.startsWith('$<') ? `$<${name}>` : `\${${name}}`
    const before = value.slice(0, at - (typed?.length ?? 0)) + written
    const after = typed === undefined ? value.slice(at) : value.slice(at).replace(/^[}>]/, '')
    cursor.current = before.length
    onChange(before + after)
    setTyped(undefined)
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    const variable = offered[chosen]
    if (step !== undefined) setChosen((chosen + step + offered.length) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && variable) put(variable)
    else if (event.key === 'Escape') setTyped(undefined)
    else return
    event.preventDefault()
  }
  return { offered, chosen, watch, put, close: () => setTyped(undefined), onKeyDown }
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
    return <mark key={start}>{source.slice(start, at)}</mark>
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
