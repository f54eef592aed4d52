/** Which of a scenario's variables a provider's template means by its own names: a start for the person who maps them. */
import type { Source } from '#channels/mapping-schema.ts'
import { entryOf } from '#channels/storable.ts'

/** Words that templates use for what our variables are called. */
const others: Record<string, string> = {
  captcha: 'code',
  verifycode: 'code',
  vcode: 'code',
  yzm: 'code',
  ttl: 'expires_in_minutes',
  minute: 'expires_in_minutes',
  minutes: 'expires_in_minutes',
  min: 'expires_in_minutes',
  expire: 'expires_in_minutes',
  product: 'app_name',
  time: 'occurred_at',
  date: 'occurred_at',
  user: 'account',
  username: 'account',
}

const plain = (name: string) => name.toLowerCase().replaceAll('_', '')
const parts = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter(Boolean)

/** The declared name that is nearest to a template's: the same, the same but for its spelling, another word for it, a part of it. */
function nearest(name: string, declared: readonly string[]): string | undefined {
  const isDeclared = (one: string | undefined) => (one !== undefined && declared.includes(one) ? one : undefined)
  const words = parts(name)
  return (
    isDeclared(name) ??
    declared.find((one) => plain(one) === plain(name)) ??
    isDeclared(entryOf(others, plain(name))) ??
    declared.find((one) => words.every((word) => parts(one).includes(word))) ??
    declared.find((one) => parts(one).every((word) => words.includes(word))) ??
    isDeclared(words.map((word) => entryOf(others, word)).find((one) => one !== undefined))
  )
}

/**
 * A source for each of a template's variables: the one it has, else a guess, each of ours once; none where nothing is near.
 */
export function guessMapping(
  names: readonly string[],
  declared: readonly string[],
  kept: Record<string, Source> = {},
): Record<string, Source> {
  const mapping: Record<string, Source> = {}
  const taken = new Set<string>()
  const take = (name: string, source: Source | undefined) => {
    if (!source) return
    mapping[name] = source
    if ('variable' in source) taken.add(source.variable)
  }
  for (const name of names) take(name, entryOf(kept, name))
  // Names that are ours come first, so that no other name takes their place.
  for (const name of [...names].sort(
    (one, other) => Number(declared.includes(other)) - Number(declared.includes(one)),
  )) {
    if (entryOf(mapping, name)) continue
    const variable = nearest(
      name,
      declared.filter((one) => !taken.has(one)),
    )
    take(name, variable === undefined ? undefined : { variable })
  }
  return mapping
}
