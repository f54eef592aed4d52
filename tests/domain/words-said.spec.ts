/** Every sentence of the console can be said, in both languages, with the values that the code gives it where it says it. */
import { expect, test } from '@playwright/test'
import { createTranslator } from 'next-intl'
import { contentProblems } from '#channels/problems.ts'
import { inputProblems } from '#domain/base/codes.ts'
import { catalog } from '#providers/catalog.ts'
import { repositoryFiles, textOf } from '../support/source.ts'
import { plainSettings } from '../support/token-store.ts'
import { allWords, vendorFolders, type Words } from '../support/words.ts'

const [english, chinese] = [allWords('en'), allWords('zh-CN')]
const languages: Record<string, Words> = { en: english, 'zh-CN': chinese }
const en = english

/** How a sentence takes a value: as it is, to choose by, as a number or a time, or round a part of itself. */
type Arguments = Map<string, string>

/** The values that a sentence takes (ICU MessageFormat): `{name}` as it is, `{count, plural, …}` to choose by. Tags too. */
function argumentsOf(written: string, into: Arguments = new Map()): Arguments {
  // What is quoted is text.
  const sentence = written.replace(/'[{}<][^']*'/g, '')
  for (const [, name = ''] of sentence.matchAll(/<(\w+)>/g)) into.set(name, 'tag')
  let depth = 0
  let start = 0
  for (const [at, sign] of [...sentence].entries()) {
    if (sign === '{' && depth++ === 0) start = at + 1
    if (sign !== '}' || --depth > 0) continue
    const [name = '', kind, ...rest] = [...sentence].slice(start, at).join('').split(',')
    into.set(name.trim(), into.get(name.trim()) === 'plain' ? 'plain' : (kind?.trim() ?? 'plain'))
    for (const branch of rest.join(',').matchAll(/\{((?:[^{}]|\{[^{}]*\})*)\}/g)) argumentsOf(branch[1] ?? '', into)
  }
  return into
}

/** What says the sentences of a namespace, and throws where it cannot. */
const translators = Object.fromEntries(
  (['en', 'zh-CN'] as const).map((locale) => [
    locale,
    Object.fromEntries(
      Object.keys(en).map((namespace) => [
        namespace,
        createTranslator({
          ...{ locale, messages: languages[locale], namespace, timeZone: 'UTC' },
          onError: (error) => {
            throw error
          },
        }),
      ]),
    ),
  ]),
)

/** Says a sentence with values for the names that are given, the same whichever branch is taken. @throws where it cannot be said */
function say(
  language: string,
  [namespace, key]: readonly [string, string],
  names: readonly string[],
  count = 2,
): string {
  const words = languages[language] ?? {}
  const kinds = argumentsOf(words[namespace]?.[key] ?? '')
  const standIn = (name: string) => {
    const kind = kinds.get(name)
    if (kind === 'tag') return (inside: string) => inside
    return kind === 'plural' || kind === 'number' || kind === 'selectordinal' ? count : `«${name}»`
  }
  const { markup } = translators[language]?.[namespace] ?? {}
  return markup?.(key, Object.fromEntries(names.map((name) => [name, standIn(name)])) as never) ?? 'undefined'
}

/** Why a sentence cannot be said with these values; empty where it can. */
function wrong(sentence: readonly [string, string], names: readonly string[]): string[] {
  return Object.keys(languages).flatMap((language) => {
    try {
      const said = [0, 1, 2, 5].map((count) => say(language, sentence, names, count)).join(' ')
      return /undefined|\[object/.test(said) ? [`${language} ${sentence.join('.')}: ${said}`] : []
    } catch (error) {
      return [`${language} ${sentence.join('.')}: ${(error as Error).message.split('\n', 1)[0]}`]
    }
  })
}

const sentences = Object.entries(en).flatMap(([name, of]) => Object.keys(of).map((key) => [name, key] as const))

test('every sentence can be said with the values it takes, and shows each that stands in it as it is', () => {
  const unsaid = sentences.flatMap((sentence) =>
    wrong(sentence, [...argumentsOf(en[sentence[0]]?.[sentence[1]] ?? '').keys()]),
  )
  expect(unsaid).toEqual([])
  const hidden = Object.entries(languages).flatMap(([language, words]) =>
    sentences.flatMap((sentence) => {
      const kinds = argumentsOf(words[sentence[0]]?.[sentence[1]] ?? '')
      const said = [0, 1, 2].map((count) => say(language, sentence, [...kinds.keys()], count)).join(' ')
      return [...kinds].flatMap(([name, kind]) =>
        kind === 'plain' && !said.includes(`«${name}»`) ? [`${language} ${sentence.join('.')} {${name}}`] : [],
      )
    }),
  )
  expect(hidden).toEqual([])
})

test('a sentence takes the same values in both languages', () => {
  const differing = sentences.flatMap(([name, key]) => {
    const [ours, theirs] = [english, chinese].map((words: Words) => argumentsOf(words[name]?.[key] ?? ''))
    const names = (of: Arguments | undefined, kind?: string) =>
      new Set([...(of ?? [])].filter(([, each]) => !kind || each === kind).map(([each]) => each))
    // A plural may have nothing to choose in Chinese.
    const isSame = names(theirs).isSubsetOf(names(ours)) && names(ours, 'plain').isSubsetOf(names(theirs))
    return isSame ? [] : [`${name}.${key}`]
  })
  expect(differing).toEqual([])
})

/** From an opening bracket to the one that closes it. */
function bracketed(text: string, start: number): string {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if ('([{'.includes(text[at] ?? '')) depth++
    else if (')]}'.includes(text[at] ?? '') && --depth === 0) return text.slice(start + 1, at)
  }
  return ''
}

/** The first of a call's arguments and the rest. */
function split(inside: string): [string, string] {
  let depth = 0
  for (const [at, sign] of [...inside].entries()) {
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (sign === ',' && depth === 0) return [inside.slice(0, at), inside.slice(at + 1).trim()]
  }
  return [inside, '']
}

/** The names of an object literal, `{ count: 2, name }`; undefined where it holds what is not written there. */
function namesIn(literal: string): string[] | undefined {
  const flat = literal.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)|'[^']*'|`[^`]*`/g, '')
  const parts = flat
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return parts.some((part) => part.startsWith('...'))
    ? undefined
    : parts.map((part) => part.split(':', 1)[0]?.trim() ?? '')
}

/** Whether a key is one of those that stand in an expression: `'name'`, or put together as in `${cause}Hint`. */
function isAsked(expression: string): (key: string) => boolean {
  const whole = [...expression.matchAll(/'(\w+)'/g)].map(([, key = '']) => key)
  const patterns = [...expression.matchAll(/`((?:[^`$]|\$\{[^{}`]*\})+)`/g)].flatMap(([, template = '']) =>
    /\w/.test(template.replace(/\$\{[^}]*\}/g, ''))
      ? [new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '\\w+')}$`)]
      : [],
  )
  const isOne = (key: string) => whole.includes(key) || patterns.some((pattern) => pattern.test(key))
  // A provider's own words stand under the key with its name behind.
  return (key) =>
    isOne(key) || vendorFolders.some((vendor) => key.endsWith(`_${vendor}`) && isOne(key.slice(0, -vendor.length - 1)))
}

type Said = { file: string; sentence: readonly [string, string]; names: readonly string[] }

/** What a file says: every call whose sentence and values stand in the call itself. */
function saidIn(file: string): Said[] {
  const text = textOf(file)
  const translators = Map.groupBy(
    text.matchAll(
      /\b(?:const (\w+)|\[([\w, ]+)\]) = (?:await )?(?:asDynamic\()?(?:useTranslations|useDynamicWords|getTranslations)\('(\w+)'(?:, [^)]+)?\)/g,
    ),
    ([, name = '']) => name,
  )
  return [...translators].flatMap(([name, found]) => {
    const namespaces = found.map(([, , , namespace = '']) => namespace)
    return [...text.matchAll(new RegExp(`(?<![.\\w])${name}(?:\\.\\w+)?\\(`, 'g'))].flatMap(
      ({ index, 0: { length } }) => {
        const inside = bracketed(text, index + length - 1).trim()
        const [keys, rest] = split(inside)
        const names = rest.startsWith('{') ? namesIn(bracketed(rest, 0)) : rest === '' ? [] : undefined
        if (!names) return []
        return namespaces.flatMap((namespace) =>
          Object.keys(en[namespace] ?? {})
            .filter(isAsked(keys))
            .map((key) => ({ file, sentence: [namespace, key] as const, names })),
        )
      },
    )
  })
}

const problemsOf = (said: readonly Said[]) =>
  said.flatMap(({ file, sentence, names }) => wrong(sentence, names).map((problem) => `${file}: ${problem}`))

test('wherever the console says a sentence, it gives all the values that the sentence takes', () => {
  const said = repositoryFiles()
    .filter((path) => /^src\/(app|console)\/.*\.tsx?$/.test(path))
    .flatMap(saidIn)
  expect(said.length).toBeGreaterThan(1500)
  expect(problemsOf(said)).toEqual([])
})

test('the sentence of a problem names what every problem of its code has', () => {
  const named: Record<string, readonly string[]> = { ...contentProblems, ...inputProblems }
  const ofTexts = catalog(plainSettings).providers.flatMap(({ texts }) => texts?.wording?.refused ?? [])
  const namesFor = (key: string) => {
    if (key.endsWith('_nearest')) return ['name', 'nearest']
    const vendor = vendorFolders.find((name) => key.endsWith(`_${name}`))
    const code = vendor ? key.slice(0, -vendor.length - 1) : key
    return named[code] ?? (ofTexts.some((rule) => rule.code === key) ? ['character'] : [])
  }
  expect(Object.keys(en.Problem ?? {}).flatMap((key) => wrong(['Problem', key], namesFor(key)))).toEqual([])
})
