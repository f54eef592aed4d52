/**
 * The channel `official_account`: cards that a WeChat official account sends to its followers. Says what an openid is, what a
 * push rule stores of a template, and how it becomes a card. Promises that preview and delivery get the same card for the same
 * values, and that a card is not refused for a text that is too long or empty.
 */
import { z } from 'zod'
import type { Channel } from '../contract.ts'
import type { ContentCode } from '../problems.ts'
import { compiled, usedBy } from '../render.ts'
import { type CardMessage, cardOf, sourceOf } from './card.ts'
import { checkCard } from './check.ts'
import { OfficialAccountContent } from './content.ts'
import { fieldsOf } from './fields.ts'

/** A person as one official account knows them; another account knows them by another. */
export const Openid = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{28}$/, { error: 'invalid_openid' satisfies ContentCode })

function variablesInCard(content: OfficialAccountContent, declared: readonly string[]): string[] {
  const { jump, templateText } = content
  const address = jump.kind === 'url' ? jump.url : jump.kind === 'mini_program' ? jump.pagePath : ''
  const sources = [...fieldsOf(templateText).map(({ key }) => sourceOf(content, key)), address]
  const used = new Set(sources.flatMap((source) => usedBy(compiled(source, declared))))
  return declared.filter((name) => used.has(name))
}

export const officialAccount: Channel<OfficialAccountContent, CardMessage> = {
  id: 'official_account',
  recipient: Openid,
  content: OfficialAccountContent,
  headline: 'title',
  check: checkCard,
  variablesIn: variablesInCard,
  compose: cardOf,
}
