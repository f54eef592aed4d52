'use client'
/** What the palette lists: pages by their names, and what the server found, each with the address that it leads to. */
import type { inferRouterOutputs } from '@trpc/server'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { channelIds, isByRules } from '#channels/traits.ts'
import { channelPlace, personalCenter, personalPlaces, places, templatePlace } from '../links.ts'
import { scenarioName } from '../scenario-name.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { formatExact } from '../ui/format-time.ts'

type Found = inferRouterOutputs<AppRouter>['search']
/** `isDocument`: it has a content policy of its own and cannot be drawn into the page that is there. */
export type Entry = { href: string; label: string; description?: string; isDocument?: boolean }
export type Group = { label: string; entries: Entry[] }

const mostTemplates = 6

export function useEntries() {
  const t = useTranslations('Palette')
  const shell = useTranslations('Shell')
  const words = useDynamicWords('Shell')
  const locale = useLocale()
  const zone = useTimeZone() ?? 'UTC'
  const channelName = (channel: string) => words(`channel_${channel}`)
  const { channels, rest } = channelReader(channelIds.map((id) => ({ id, name: channelName(id).toLowerCase() })))

  const pages: Entry[] = [
    ...[...places, personalCenter, ...personalPlaces].map(({ href, label }) => ({ href, label: shell(label) })),
    ...channelIds.map((id) => ({
      href: channelPlace(id) ?? '/',
      label: channelName(id),
      description: shell('thirdParty'),
    })),
  ]

  const templatesOf = (found: Found['scenarios'], text: string): Entry[] => {
    const named = channels(text)
    return found.flatMap((scenario) =>
      scenario.channels
        .filter((channel) => !isByRules(channel) && (named.length === 0 || named.includes(channel)))
        .map((channel) => ({
          href: templatePlace(channel, scenario.key) ?? '/',
          label: `${channelName(channel)} · ${scenarioName(scenario, locale)}`,
          isDocument: true,
        })),
    )
  }

  return {
    /** What of a text is no channel's name. */
    scenarioPartOf: (text: string) => rest(text).slice(0, 320),
    groupsFor(text: string, found: Found): Group[] {
      const wanted = text.toLowerCase()
      const groups: Group[] = [
        {
          label: t('pages'),
          entries: pages.filter(({ label, description }) =>
            `${label} ${description ?? ''}`.toLowerCase().includes(wanted),
          ),
        },
        {
          label: t('apps'),
          entries: found.apps.map(({ key, name }) => ({ href: `/apps/${key}`, label: name, description: key })),
        },
        { label: t('templates'), entries: templatesOf(found.scenarios, text).slice(0, mostTemplates) },
        {
          label: t('scenarios'),
          entries:
            rest(text) === ''
              ? []
              : found.scenarios.map((scenario) => ({
                  href: `/messages?scenario=${encodeURIComponent(scenario.key)}`,
                  label: scenarioName(scenario, locale),
                  description: t('messagesOf'),
                })),
        },
        {
          label: t('accounts'),
          entries: found.accounts.map(({ name, channel }) => ({
            href: channelPlace(channel) ?? '/',
            label: name,
            description: channelName(channel),
          })),
        },
        {
          label: t('messages'),
          entries: found.messages.map(({ id, recipient, channel, createdAt }) => ({
            href: `/messages/${id}`,
            label: recipient,
            description: `${channelName(channel)} · ${formatExact(new Date(createdAt), locale, zone)}`,
          })),
        },
      ]
      return groups.filter(({ entries }) => entries.length > 0)
    },
  }
}

/** Reads which channels a text names, by the start of a word or by the whole name within it, and what else it says. */
function channelReader(names: { id: string; name: string }[]) {
  const partFor = (text: string, name: string) =>
    text.includes(name) ? name : text.split(/\s+/).find((word) => word.length > 1 && name.startsWith(word))
  return {
    channels: (text: string) => names.flatMap(({ id, name }) => (partFor(text.toLowerCase(), name) ? [id] : [])),
    rest: (text: string) =>
      names
        .reduce((left, { name }) => left.replace(partFor(left, name) ?? '', ' '), text.toLowerCase())
        .replace(/\s+/g, ' ')
        .trim(),
  }
}
