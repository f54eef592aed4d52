'use client'
/** The command palette: pages at once, and what the server finds by what was typed. */
import { Combobox, Input, Modal, useVirtualizedCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useTRPC } from '../trpc/client.tsx'
import { useFocusGivenBack } from '../ui/dialog-box.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { type Entry, useEntries } from './entries.ts'
import { openPlace } from './open-place.ts'
import '../ui/search-select.css'
import './palette.css'

const typingMs = 180
const nothing = { apps: [], accounts: [], scenarios: [], messages: [] }

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('Palette')
  useFocusGivenBack(isOpen)
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      size={600}
      yOffset="min(96px, 10vh)"
      padding={0}
      returnFocus={false}
      // It would add a style that the page's content policy refuses.
      lockScroll={false}
      transitionProps={{ duration: 100, exitDuration: 0, transition: 'fade' }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content className="palette" aria-label={t('open')}>
        <Finder onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  )
}

/** What is found by a text, and whether that is all of it by now. */
function useFound(typed: string) {
  const { groupsFor, scenarioPartOf } = useEntries()
  const [text] = useDebouncedValue(typed, typingMs)
  const { data, isError, isFetching } = useQuery(
    useTRPC().search.queryOptions(
      { text: text.slice(0, 320), scenario: scenarioPartOf(text) },
      { enabled: text !== '', placeholderData: keepPreviousData },
    ),
  )
  const groups = groupsFor(typed, text === '' || typed === '' ? nothing : (data ?? nothing))
  return { groups, isError, isSettled: !isFetching && text === typed }
}

function Finder({ onClose }: { onClose: () => void }) {
  const t = useTranslations('Palette')
  const router = useRouter()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { groups, isError, isSettled } = useFound(typed.trim())
  const entries = groups.flatMap((group) => group.entries)
  const active = Math.min(at, entries.length - 1)
  const idOf = (index: number) => `${id}-${index}`
  const open = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    openPlace(entry.href, (href) => router.push(href), entry.isDocument)
  }
  const store = useVirtualizedCombobox({
    opened: true,
    totalOptionsCount: entries.length,
    getOptionId: idOf,
    selectedOptionIndex: active,
    setSelectedOptionIndex: (index) => {
      setAt(index)
      document.getElementById(idOf(index))?.scrollIntoView({ block: 'nearest' })
    },
    onSelectedOptionSubmit: (index) => open(entries[index]),
  })
  const hasAny = entries.length > 0
  return (
    <Combobox store={store}>
      <Combobox.EventsTarget withAriaAttributes={false}>
        <Input
          data-autofocus
          role="combobox"
          aria-label={t('open')}
          aria-autocomplete="list"
          aria-expanded={hasAny}
          aria-controls={hasAny ? `${id}-list` : undefined}
          aria-activedescendant={hasAny ? idOf(active) : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('placeholder')}
          leftSection={<Icon name="search" />}
          maxLength={320}
          size="md"
          variant="unstyled"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
        />
      </Combobox.EventsTarget>
      <p className="unseen" role="status">
        {isSettled && t('count', { count: entries.length })}
      </p>
      <div className="palette-found">
        {hasAny && (
          <Combobox.Options id={`${id}-list`} aria-label={t('results')}>
            {groups.map((group) => (
              <Combobox.Group key={group.label} label={group.label}>
                {group.entries.map((entry) => {
                  const index = entries.indexOf(entry)
                  return (
                    <Combobox.Option
                      key={entry.href}
                      id={idOf(index)}
                      value={entry.href}
                      selected={index === active}
                      aria-selected={index === active}
                      onClick={() => open(entry)}
                    >
                      <span className="option-line">
                        <bdi>{entry.label}</bdi>
                      </span>
                      {entry.description && <bdi className="option-text">{entry.description}</bdi>}
                    </Combobox.Option>
                  )
                })}
              </Combobox.Group>
            ))}
          </Combobox.Options>
        )}
        {isError ? <p>{t('failed')}</p> : !hasAny && isSettled && <p>{t('none')}</p>}
      </div>
      <p className="palette-hint">{t('hint')}</p>
    </Combobox>
  )
}
