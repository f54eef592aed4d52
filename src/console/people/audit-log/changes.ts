/** What an audit entry says was changed, put into words: names for ids, words for roles, channels and fields. */

import { useTranslations } from 'next-intl'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import type { listAudit } from '#domain/base/audit.ts'

export type Entry = Awaited<ReturnType<typeof listAudit>>['rows'][number]

const lists = new Set(['fields', 'variables', 'channels', 'events', 'stopped', 'released'])
const ofChannels = new Set(['channel', 'channels', 'stopped', 'released'])

export function useChangeWords(apps: { id: string; name: string }[], nameOf: (scenario: string) => string) {
  const t = useTranslations('Audit')
  const words = useDynamicWords('Audit')
  const shell = useDynamicWords('Shell')
  const statuses = useDynamicWords('Status')
  const one = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return name === 'appId' ? t('default') : t('nothing')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'object') return JSON.stringify(value)
    const text = String(value)
    if (name === 'appId') return apps.find(({ id }) => id === text)?.name ?? text
    if (name === 'scenario') return nameOf(text)
    if (name === 'fields') return words.find(`field_${text.replace(/^config\./, '')}`) ?? text
    if (name === 'role' || name === 'before') return shell.find(`role_${text}`) ?? text
    if (name === 'status') return statuses.find(text) ?? text
    if (ofChannels.has(name)) return shell.find(`channel_${text}`) ?? text
    return words.find(`${name}_${text}`) ?? text
  }
  const wordsOf = (name: string, value: unknown): string => {
    if (!Array.isArray(value)) return one(name, value)
    if (value.length === 0) return t(name === 'channels' ? 'all' : 'nothing')
    return value.map((each) => one(name, each)).join(lists.has(name) ? t('comma') : ' ')
  }
  return ({ changes }: Entry): [label: string, value: string][] =>
    Object.entries(changes).map(([name, value]) => [words.find(`change_${name}`) ?? name, wordsOf(name, value)])
}
