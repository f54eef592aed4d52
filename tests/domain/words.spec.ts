/**
 * Every word of the console in both languages, none missing, none left over, and words for what is said in data. That codes have
 * words is a matter of types: `Told` in console/shell/i18n.ts, and channels/vendor-codes.ts.
 */

import { expect, test } from '@playwright/test'
import { audiencesOf, everybody, type Provider } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import { channelIds, isSideBySide, ruleChannel } from '#channels/traits.ts'
import { roles } from '#db/schema/index.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { catalog, vendorSettings } from '#providers/catalog.ts'
import { repositoryFiles, textOf } from '../support/source.ts'
import { plainSettings } from '../support/token-store.ts'
import { allWords, ownWords, vendorFolders, type Words, wordsOfVendor } from '../support/words.ts'

const [en, zh] = [allWords('en'), allWords('zh-CN')]
const keysOf = (words: Words) =>
  Object.entries(words).flatMap(([name, of]) => Object.keys(of).map((key) => `${name}.${key}`))

const sources = repositoryFiles().filter((path) => /^src\/(?!simulator\/).*\.tsx?$/.test(path))
const withoutComments = (text: string) => text.replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
const texts = new Map(sources.map((path) => [path, withoutComments(textOf(path))]))
const all = [...texts.values()].join('\n')
const found = (pattern: RegExp, within = all) => new Set([...within.matchAll(pattern)].map(([, first = '']) => first))

test('both languages have the same words', () => {
  expect(keysOf(zh).sort()).toEqual(keysOf(en).sort())
})

test('no sentence is empty, and the Chinese ones are Chinese', () => {
  const empty = [en, zh].flatMap((words) =>
    Object.values(words).flatMap((of) => Object.values(of).filter((text) => !text.trim())),
  )
  expect(empty).toEqual([])
  const han = Object.values(zh)
    .flatMap((of) => Object.values(of))
    .filter((text) => /\p{Script=Han}/u.test(text))
  expect(han.length).toBeGreaterThan(keysOf(zh).length * 0.9)
})

const { channels, providers: catalogued } = catalog(plainSettings)
const audiences = channels.flatMap(audiencesOf).filter((audience) => audience !== everybody)

// A key stands in the code as it is, or is put together: `state_${state}`, `${cause}Hint`, `${subject}_${action}`.
const literals = new Set([...found(/['"`]([\w.]+)['"`]/g), ...found(/\b(\w+)\??:/g), ...found(/['"]([\w-]+)['"]:/g)])
const prefixes = [...found(/`(\w+?_)\$\{/g), ...found(/`([a-z]\w*)\$\{/g)]
const suffixes = [...found(/\}([A-Z_]\w*)`/g), 'Hint', 'Help', 'Passed']
const isOfVendor = new RegExp(`_(${vendorFolders.join('|')})$`)
const data = new Set<string>([
  ...[...roles, ...channelIds, ...builtInScenarios.flatMap(({ key, variables }) => [key, ...variables])],
  ...vendorFolders,
  // What the values of a variable may be, by the vendor's own names.
  ...vendorFolders.flatMap((vendor) =>
    Object.keys(wordsOfVendor(vendor, 'en').SmsTemplate ?? {}).map((key) =>
      key.replace(isOfVendor, '').replace('rule_', ''),
    ),
  ),
  ...catalogued.map(({ id }) => id),
])
const isKnown = (word: string) => literals.has(word) || data.has(word) || /^\d+$/.test(word)
const stems = (key: string) => [
  key,
  ...suffixes.filter((end) => key.endsWith(end)).map((end) => key.slice(0, -end.length)),
]
/** A vendor's own words for a key stand under it with the vendor's name behind. */
const isUsed = (key: string) =>
  [...stems(key), ...stems(key.replace(isOfVendor, ''))].some((stem) => {
    if (isKnown(stem)) return true
    const parts = [...stem.matchAll(/_/g)].map(({ index }) => [stem.slice(0, index), stem.slice(index + 1)] as const)
    const isPrefixed = prefixes.some((prefix) => stem.startsWith(prefix) && isKnown(stem.slice(prefix.length)))
    return isPrefixed || parts.some(([first, second]) => isKnown(first) && isKnown(second) && all.includes('}_${'))
  })

test('no word is left over', () => {
  const namespaces = Object.keys(en).filter((name) => !all.includes(`'${name}'`) && !all.includes(`en.${name}`))
  expect(namespaces).toEqual([])
  const unused = Object.entries(en).flatMap(([name, of]) =>
    Object.keys(of)
      .filter((key) => !isUsed(key))
      .map((key) => `${name}.${key}`),
  )
  expect(unused).toEqual([])
})

/** Which of these have no words in a namespace. */
const without = (name: string, keys: Iterable<string>) => [...keys].filter((key) => en[name]?.[key] === undefined)

test('every field of every provider has words, in the audit log too, and its name', () => {
  const fields = catalogued.flatMap(({ config }) => describeFields(config))
  const options = fields.flatMap(({ label, options = [] }) => options.map((option) => `${label}_${option}`))
  expect(without('AccountField', [...fields.map(({ label }) => label), ...options])).toEqual([])
  // Accounts that are used side by side are added and never changed.
  const changed = catalogued.flatMap(({ channel, config }) => (isSideBySide(channel) ? [] : describeFields(config)))
  expect(
    without(
      'Audit',
      changed.map(({ name }) => `field_${name}`),
    ),
  ).toEqual([])
  expect(
    without(
      'Accounts',
      catalogued.map(({ id }) => `provider_${id}`),
    ),
  ).toEqual([])
})

test('a vendor speaks of what is its own: it replaces no word of the console or of another vendor', () => {
  const seen = new Set(keysOf(ownWords('en')))
  for (const vendor of vendorFolders) {
    const [own, chinese] = [wordsOfVendor(vendor, 'en'), wordsOfVendor(vendor, 'zh-CN')]
    expect(keysOf(chinese).sort(), vendor).toEqual(keysOf(own).sort())
    expect(
      Object.keys(own).filter((name) => !(name in ownWords('en'))),
      vendor,
    ).toEqual([])
    expect(
      keysOf(own).filter((key) => seen.has(key)),
      vendor,
    ).toEqual([])
    for (const key of keysOf(own)) seen.add(key)
  }
})

test('every setting of a vendor is told to whoever runs Signet', () => {
  const names = Object.keys(vendorSettings.shape)
  for (const file of ['README.md', '.env.example']) {
    const text = textOf(file)
    expect(
      names.filter((name) => !text.includes(name)),
      file,
    ).toEqual([])
  }
})

test('every channel with a page has words for all of it', () => {
  // What push rules say has a page and words of its own.
  const ids = channels.map(({ id }) => id).filter((id) => id !== ruleChannel)
  const parts = ['title', 'purpose', 'addTitle', 'emptyText']
  expect(
    without(
      'Accounts',
      ids.flatMap((id) => parts.map((part) => `${part}_${id}`)),
    ),
  ).toEqual([])
  const ofProvider = (of: readonly Provider[], part: string) =>
    of.filter(({ id }) => ![id, id.split('-', 1)[0]].some((name) => en.Accounts?.[`${part}_${name}`]))
  const named = catalogued.filter(({ channel }) => channel !== ruleChannel)
  expect(ofProvider(named, 'identity')).toEqual([])
  expect(
    ofProvider(
      named.filter(({ readReceipts }) => readReceipts),
      'receiptHelp',
    ),
  ).toEqual([])
  expect(
    without(
      'Templates',
      ids.map((id) => `title_${id}`),
    ),
  ).toEqual([])
  expect(
    without(
      'Shell',
      channels.map(({ id }) => `channel_${id}`),
    ),
  ).toEqual([])
})

test('every audience and variable has words', () => {
  expect(without('Audience', audiences)).toEqual([])
  expect(
    without(
      'Variable',
      builtInScenarios.flatMap(({ variables }) => variables),
    ),
  ).toEqual([])
})
