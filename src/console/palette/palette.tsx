'use client'
/** The command palette: pages at once, and what the server finds by what was typed. */
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useTRPC } from '../trpc/client.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { useEntries } from './entries.ts'
import { openPlace } from './open-place.ts'
import './palette.css'

const [store, spotlight] = createSpotlight()
const typingMs = 180
const nothing = { apps: [], accounts: [], scenarios: [], messages: [] }

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('Palette')
  const router = useRouter()
  const entries = useEntries()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), typingMs)
  const { data, isError, isFetching } = useQuery(
    useTRPC().search.queryOptions(
      { text: text.slice(0, 320), scenario: entries.scenarioPartOf(text) },
      { enabled: isOpen && text !== '', placeholderData: keepPreviousData },
    ),
  )
  useEffect(() => {
    if (isOpen) spotlight.open()
    else spotlight.close()
  }, [isOpen])
  const isSettled = !isFetching && text === typed.trim()
  const groups = entries.groupsFor(typed.trim(), text === '' || typed.trim() === '' ? nothing : (data ?? nothing))
  const count = groups.reduce((sum, group) => sum + group.entries.length, 0)
  const first = groups[0]?.entries[0]
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      shortcut={null}
      // It would add a style that the page's content policy refuses.
      lockScroll={false}
      scrollable
      maxHeight="min(420px, 60vh)"
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 100, transition: 'fade' }}
      attributes={{ content: { 'aria-label': t('open') } }}
    >
      <Spotlight.Search
        aria-label={t('open')}
        placeholder={t('placeholder')}
        leftSection={<Icon name="search" />}
        maxLength={320}
        size="md"
      />
      <p className="unseen" role="status">
        {isSettled && t('count', { count })}
      </p>
      <Spotlight.ActionsList aria-label={t('results')}>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.entries.map((entry) => (
              <Spotlight.Action
                // Made anew for every answer: the library marks the chosen one in the document itself.
                key={`${text} ${entry.href}`}
                data-selected={entry === first || undefined}
                label={entry.label}
                description={entry.description ?? ''}
                onClick={() => openPlace(entry.href, (href) => router.push(href), entry.isDocument)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {isError ? (
          <Spotlight.Empty>{t('failed')}</Spotlight.Empty>
        ) : (
          count === 0 && isSettled && <Spotlight.Empty>{t('none')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <Spotlight.Footer className="muted small">{t('hint')}</Spotlight.Footer>
    </Spotlight.Root>
  )
}
