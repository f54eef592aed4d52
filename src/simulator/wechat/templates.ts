/** The message templates of an account, what they ask for, and the text that they make of values. */
import { type Fault, type Faults, textOf } from '../faults.ts'
import type { OfficialAccount, OfficialAccounts } from './official-accounts.ts'
import { type MessageTemplate, seededTemplates } from './template-seeds.ts'

/** Blanks inside the braces are seen in the wild. */
const placeholder = /\{\s*\{\s*(\w+)\.DATA\s*\}\s*\}/g

export type Keyword = { label: string; key: string }

/** Each keyword once, with what stands before it on its line. */
export function keywordsOf(content: string): Keyword[] {
  const found = new Map<string, Keyword>()
  for (const line of content.split('\n')) {
    let start = 0
    for (const match of line.matchAll(placeholder)) {
      const [whole, key = ''] = match
      const label = line
        .slice(start, match.index)
        .trim()
        .replace(/[:：]$/, '')
        .trim()
      if (!found.has(key)) found.set(key, { label, key })
      start = match.index + whole.length
    }
  }
  return [...found.values()]
}

/** Lines of historic templates that WeChat does not show any more. */
export const isShown = ({ key }: Keyword): boolean => key !== 'first' && key !== 'remark'

/** The card in words. */
export function fillIn(content: string, values: Readonly<Record<string, string>>): string {
  return content
    .split('\n')
    .filter((line) => keywordsOf(line).every(isShown))
    .map((line) => line.replace(placeholder, (_, key: string) => values[key] ?? ''))
    .join('\n')
    .trim()
}

/** `const3=紧急|一般;enum4=…`, or undefined when it is not written like that. */
export function readValues(text: string): Record<string, string[]> | undefined {
  const pairs = text.split(';').map((part) => part.split('=').map((half) => half.trim()))
  const isPair = (pair: string[]): pair is [string, string] => pair.length === 2 && pair.every(Boolean)
  if (!pairs.every(isPair)) return undefined
  return Object.fromEntries(pairs.map(([key, values]) => [key, values.split('|').map((value) => value.trim())]))
}

export class Templates {
  readonly #faults: Faults
  readonly #accounts: OfficialAccounts

  constructor(faults: Faults, accounts: OfficialAccounts) {
    this.#faults = faults
    this.#accounts = accounts
  }

  /** The seeds without those that were removed, and what was added by hand after them. */
  of(account: OfficialAccount): MessageTemplate[] {
    const set = this.#set('template_state', account)
    const stateOf = (id: string) => set.find((fault) => textOf(fault, 'id') === id)
    const seeds = seededTemplates[account.role]
    const left = seeds.flatMap((seed): MessageTemplate[] => {
      const fault = stateOf(seed.id)
      if (!fault) return [seed]
      return isRemoved(fault) ? [] : [changed(seed, fault)]
    })
    const isNew = (fault: Fault) => !isRemoved(fault) && !seeds.some(({ id }) => id === textOf(fault, 'id'))
    return [...left, ...set.filter(isNew).map((fault) => changed(blank, fault))]
  }

  find(account: OfficialAccount, id: string): MessageTemplate | undefined {
    return this.of(account).find((template) => template.id === id)
  }

  /** What the list names. WeChat has been seen to leave out templates that messages could be sent with all the same. */
  listed(account: OfficialAccount): MessageTemplate[] {
    return this.#set('templates_unlisted', account).length > 0 ? [] : this.of(account)
  }

  #set(kind: string, account: OfficialAccount): Fault[] {
    return this.#faults
      .inForce('official_account', kind)
      .filter((fault) => this.#accounts.named(textOf(fault, 'appId')) === account)
  }
}

const blank: MessageTemplate = { id: '', title: '', content: '', example: '', values: {} }

const isRemoved = (fault: Fault): boolean => textOf(fault, 'state') === 'removed'

function changed(seed: MessageTemplate, fault: Fault): MessageTemplate {
  const values = textOf(fault, 'values')
  return {
    id: textOf(fault, 'id') ?? seed.id,
    title: textOf(fault, 'title') ?? seed.title,
    content: textOf(fault, 'content') ?? seed.content,
    example: seed.example,
    values: values === undefined ? seed.values : (readValues(values) ?? {}),
  }
}
