/** The filters of the log as they stand in the URL. One that makes no sense is left out and told; the others hold. */

import { isStorable } from '#channels/storable.ts'
import { channelIds } from '#channels/traits.ts'
import type { ListMessages, MessageFilter } from '#domain/sending/log/log.ts'
import { momentOf } from '../ui/local-time.ts'
import { isCursor, type SearchParams, single } from '../ui/search-params.ts'
import { isMessageStatus } from './status.ts'

const filterNames = ['app', 'channel', 'scenario', 'status', 'from', 'to', 'recipient'] as const
const names = [...filterNames, 'size', 'sort'] as const
export type FilterName = (typeof names)[number]
/** A filter that is left out: its name is a key of `Messages.bad_<name>`, its value fills the sentence. */
export type FilterProblem = { name: FilterName | 'cursor' | 'range'; value: string }

/** What the values of filters are read by. */
type Vocabulary = { zone: string; apps: { id: string; key: string }[]; scenarios: { key: string }[] }
type Read<Value> = { value?: Value; isBad?: boolean }

export type Filters = {
  input: ListMessages
  /** The values as typed, for the form and for the addresses of other pages. */
  shown: Partial<Record<FilterName, string>>
  problems: FilterProblem[]
}

export const pageSizes = [25, 50, 100]
export const channels = channelIds

function readers({
  zone,
  apps,
  scenarios,
}: Vocabulary): Record<FilterName, (text: string) => Read<Partial<ListMessages>>> {
  const moment = (text: string) => momentOf(text, zone)?.toISOString()
  const set = <Name extends keyof ListMessages>(name: Name, value: ListMessages[Name]): Read<Partial<ListMessages>> =>
    value === undefined ? { isBad: true } : { value: { [name]: value } }
  return {
    app: (text) => set('appId', apps.find(({ key }) => key === text)?.id),
    channel: (text) =>
      set(
        'channel',
        channels.find((channel) => channel === text),
      ),
    scenario: (text) => set('scenario', scenarios.find(({ key }) => key === text)?.key),
    status: (text) =>
      text === 'problem' || text === 'waiting'
        ? set(text, true)
        : set('status', isMessageStatus(text) ? text : undefined),
    from: (text) => set('from', moment(text)),
    to: (text) => set('to', moment(text)),
    recipient: (text) => set('recipient', text.length <= 320 && isStorable(text) ? text : undefined),
    size: (text) =>
      set(
        'size',
        pageSizes.find((size) => String(size) === text),
      ),
    sort: (text) => set('oldestFirst', text === 'oldest' || undefined),
  }
}

export function readFilters(params: SearchParams, vocabulary: Vocabulary): Filters {
  const filters: Filters = { input: {}, shown: {}, problems: [] }
  const read = readers(vocabulary)
  for (const name of names) {
    const text = single(params[name])
    if (text === undefined) continue
    const { value, isBad } = read[name](text)
    if (isBad) {
      filters.problems.push({ name, value: text.slice(0, 80) })
      continue
    }
    Object.assign(filters.input, value)
    filters.shown[name] = text
  }
  const { from, to } = filters.input
  if (from && to && from > to) {
    delete filters.input.to
    delete filters.shown.to
    filters.problems.push({ name: 'range', value: '' })
  }
  const cursor = single(params.cursor)
  if (cursor && isCursor(cursor)) filters.input.cursor = cursor
  else if (cursor) filters.problems.push({ name: 'cursor', value: '' })
  return filters
}

/** Whether the list is narrowed by anything. */
export const isFiltered = ({ shown }: Filters): boolean => filterNames.some((name) => shown[name] !== undefined)

/** The address of the log with these filters, at a page of it where given. */
export function logAddress(shown: Filters['shown'], cursor?: string | null): string {
  const query = new URLSearchParams()
  for (const name of names) {
    const value = shown[name]
    if (value) query.set(name, value)
  }
  if (cursor) query.set('cursor', cursor)
  const text = query.toString()
  return text ? `/messages?${text}` : '/messages'
}

/** The address of the file that holds what the list shows. */
export function fileAddress(filter: MessageFilter, language: string, zone: string): string {
  const given = Object.entries(filter).map(([name, value]) => [name, String(value)])
  return `/api/export/messages?${new URLSearchParams({ ...Object.fromEntries(given), language, zone })}`
}
