'use client'
/** The contents of the documentation: narrowed down as one types, with a mark at what is being read. */
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'

/** `text` is searched as well. `code` stands in place of a title. */
export type Entry = { id: string; title: string; verb?: string; text?: string }
export type Group = { title: string; entries: readonly Entry[] }

const holds = ({ id, title, verb = '', text = '' }: Entry, sought: string) => {
  const all = `${id} ${verb} ${title} ${text}`.toLowerCase()
  return sought.split(/\s+/).every((word) => all.includes(word))
}

/** The chapter that is at the top of the window. */
function useReading(groups: readonly Group[]) {
  const [reading, setReading] = useState<string>()
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) setReading(target.id)
      },
      { rootMargin: '-10% 0px -80% 0px' },
    )
    for (const { id } of groups.flatMap(({ entries }) => entries)) {
      const chapter = document.getElementById(id)
      if (chapter) seen.observe(chapter)
    }
    return () => seen.disconnect()
  }, [groups])
  return reading
}

export function Contents({ groups, sideId }: { groups: readonly Group[]; sideId: string }) {
  const t = useTranslations('Docs')
  const [sought, setSought] = useState('')
  const reading = useReading(groups)
  const id = useId()
  const found = groups
    .map(({ title, entries }) => ({
      title,
      entries: entries.filter((entry) => holds(entry, sought.trim().toLowerCase())),
    }))
    .filter(({ entries }) => entries.length > 0)
  const close = () => {
    const side = document.getElementById(sideId)
    if (side?.matches(':popover-open')) side.hidePopover()
  }
  return (
    <>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const [first] = found.flatMap(({ entries }) => entries)
            if (first) location.hash = first.id
            close()
          }}
        >
          <label className="unseen" htmlFor={id}>
            {t('search')}
          </label>
          <input
            id={id}
            className="input"
            type="search"
            placeholder={t('search')}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            autoComplete="off"
            maxLength={100}
          />
        </form>
      </search>
      <p role="status" className={found.length === 0 ? 'side-title' : 'unseen'}>
        {sought && t('found', { count: found.reduce((sum, { entries }) => sum + entries.length, 0) })}
      </p>
      <nav aria-label={t('contents')}>
        {found.map(({ title, entries }) => (
          <div key={title}>
            <p className="side-title">{title}</p>
            <ul className="side-list" aria-label={title}>
              {entries.map((entry) => (
                <li key={entry.id}>
                  <a
                    className="side-link"
                    href={`#${entry.id}`}
                    aria-current={entry.id === reading ? 'location' : undefined}
                    onClick={close}
                  >
                    <span>{entry.title}</span>
                    {entry.verb && <code className="docs-verb">{entry.verb}</code>}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </>
  )
}
