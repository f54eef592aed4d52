/**
 * Takes templates along to the account that takes the place of the one in force: those whose signature and template the new
 * one has approved too, or others of it that a person chose. Promises that nothing is taken but what was agreed to, and that
 * the account before keeps its own, so that they are there when it is put in force again.
 */
import { createHash } from 'node:crypto'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import { isSignatureFor, isTemplateFor } from '#channels/answers.ts'
import { approvalFrom, judge, judgeNamed, type Lists } from '#channels/approval.ts'
import { audiencesOf, type Channel, type NamedContent, type Provider } from '#channels/contract.ts'
import { templateVariables } from '#channels/mapping.ts'
import type { NamedFault } from '#channels/problems.ts'
import { Text } from '#channels/text.ts'
import type { Texts } from '#channels/texts.ts'
import type { Db, Tx } from '#db/database.ts'
import { account, app, scenario, template, templateVersion } from '#db/schema/index.ts'
import { need, person } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { invalid, notFound } from '../base/errors.ts'
import { problemsFrom, providerAnswer } from '../base/problems.ts'
import { losingTo } from './replacement.ts'
import { type Sender, senderFor } from './sender.ts'

/** Signatures with templates that are listed and chosen for, and templates that are taken, at most. */
const mostPairs = 100
const mostTemplates = 5000

const Named = z.strictObject({
  audience: Text(40),
  signature: Text(100).min(1),
  template: Text(100).min(1),
  text: Text(1000),
})

/** What a person saw and chose: of the templates as they were then, what is named, and what of the new account in its place. */
export const Taking = z.strictObject({
  /** Tells whether the templates are still the same. */
  fingerprint: Text(100),
  pairs: z.array(z.strictObject({ from: Named, to: Named.omit({ audience: true }) })).max(mostPairs),
})
export type Taking = z.infer<typeof Taking>

/** A signature with a template that the account before names, and what speaks against the same two of the new one. */
export type Pair = NamedContent & {
  variables: string[]
  scenarios: string[]
  overrides: number
  /** A key of `Problem.*`, with the provider's own reason; null where the new account has approved the two. */
  blocked: NamedFault | null
  detail: string
}

export type Takeable = {
  fingerprint: string
  pairs: Pair[]
  /** How many pairs more there are. */
  more: number
  /** What the new account has approved, to choose from where names differ. */
  signatures: { name: string; audiences: string[] }[]
  templates: { code: string; name: string; text: string; audiences: string[]; variables: string[] }[]
  /** How the provider writes its texts. */
  texts: Texts | undefined
}

type Row = typeof template.$inferSelect

const rowsOf = (db: Db | Tx, from: string, to: string): Promise<Row[]> =>
  db
    .select()
    .from(template)
    .where(losingTo(db, from, to))
    .orderBy(asc(template.id))
    .limit(mostTemplates)

const fingerprintOf = (rows: readonly Row[]): string =>
  createHash('sha256')
    .update(rows.map(({ id, version }) => `${id} ${version}`).join('\n'))
    .digest('hex')

const keyOf = ({ audience, signature, template: code, text }: NamedContent) =>
  JSON.stringify([audience, signature, code, text])

/** What is named, each once, with who names it. */
function pairsOf(channel: Channel, rows: readonly Row[]) {
  const pairs = new Map<string, { named: NamedContent; scenarios: Set<string>; overrides: number }>()
  for (const { content, scenario: key, appId } of rows) {
    for (const named of channel.named?.in(content) ?? []) {
      const pair = pairs.get(keyOf(named)) ?? { named, scenarios: new Set(), overrides: 0 }
      pairs.set(keyOf(named), pair)
      if (appId) pair.overrides++
      else pair.scenarios.add(key)
    }
  }
  return [...pairs.values()]
}

/** Whether the values that fill one text fill the other: both have the same variables. */
function isFilledAlike(one: string, other: string): boolean {
  const [a, b] = [templateVariables(one), templateVariables(other)]
  return a.length === b.length && a.every((name) => b.includes(name))
}

/** Asks the provider of an account what it has. @throws DomainError `provider_unavailable` */
async function listsOf({ provider, config }: Sender, detailed: string[]): Promise<Lists> {
  const [signatures, templates] = await providerAnswer(
    Promise.all([provider.signatures?.(config, { detailed }) ?? [], provider.templates?.(config) ?? []]),
  )
  return { signatures, templates }
}

/**
 * Why nothing can go along from an account of one provider to one of another; null where it can.
 * `other_provider`: what one vendor keeps is not another's. `no_lists`: it cannot be asked what it has approved.
 */
export function notTakeable(channel: Channel, from: string, { id, signatures, templates }: Provider) {
  if (from !== id) return 'other_provider' as const
  return channel.named && signatures && templates ? null : ('no_lists' as const)
}

export const TakeableFrom = z.strictObject({ id: z.uuid(), from: z.uuid() })

/**
 * Asks an account which of the texts that another's templates name it has approved too.
 * @throws DomainError `not_found`; `provider_unavailable`; `invalid_request` where nothing can go along
 */
export async function findTakeable(ctx: Ctx, { id, from }: z.infer<typeof TakeableFrom>): Promise<Takeable> {
  const organizationId = need(ctx, 'accounts:write')
  const sender = await senderFor(ctx, organizationId, id)
  if (!sender) throw notFound('account')
  const channel = ctx.catalog.channel(sender.provider.channel)
  const [before] = await ctx.db
    .select({ provider: account.provider })
    .from(account)
    .where(and(eq(account.organizationId, organizationId), eq(account.channel, channel.id), eq(account.id, from)))
  if (!before) throw notFound('account')
  if (notTakeable(channel, before.provider, sender.provider)) throw invalid({ path: 'from', code: 'invalid_value' })
  const rows = await rowsOf(ctx.db, from, id)
  const pairs = pairsOf(channel, rows)
  const lists = await listsOf(sender, [])
  const audiences = audiencesOf(channel)
  const isApproved = ({ state }: { state: string }) => state === 'approved'
  return {
    fingerprint: fingerprintOf(rows),
    pairs: pairs.slice(0, mostPairs).map(({ named, scenarios, overrides }) => {
      const { blocked, detail } = judge(named, lists)
      return {
        ...named,
        variables: templateVariables(named.text),
        scenarios: [...scenarios],
        overrides,
        blocked,
        detail,
      }
    }),
    more: Math.max(0, pairs.length - mostPairs),
    signatures: lists.signatures
      .filter(isApproved)
      .map((one) => ({ name: one.name, audiences: audiences.filter((audience) => isSignatureFor(one, audience)) })),
    templates: lists.templates
      .filter((one) => isApproved(one) && one.text.length <= 1000)
      .map((one) => ({
        ...{ code: one.code, name: one.name, text: one.text, variables: templateVariables(one.text) },
        audiences: audiences.filter((audience) => isTemplateFor(one, audience)),
      })),
    texts: sender.provider.texts,
  }
}

/** The part of the lists that is named, since very many contents are judged by it. */
function listsOfNamed({ signatures, templates }: Lists, named: readonly NamedContent[]): Lists {
  const names = new Set(named.map(({ signature }) => signature))
  const codes = new Set(named.map(({ template: code }) => code))
  return {
    signatures: signatures.filter(({ name }) => names.has(name)),
    templates: templates.filter(({ code }) => codes.has(code)),
  }
}

/** Asks again, outside any transaction, for what was agreed to. @throws DomainError `provider_unavailable` */
export const listsFor = (sender: Sender, { pairs }: Taking): Promise<Lists> =>
  listsOf(sender, [...new Set(pairs.map(({ to }) => to.signature))])

/** Waits for whoever deletes an App or a scenario of the templates, so that none is taken along to nowhere. */
async function holdPlaces(tx: Tx, organizationId: string, rows: readonly Row[]) {
  const apps = rows.flatMap(({ appId }) => appId ?? [])
  if (apps.length > 0)
    await tx.select({ id: app.id }).from(app).where(inArray(app.id, apps)).orderBy(app.id).for('key share')
  const keys = [...new Set(rows.map((row) => row.scenario))]
  await tx
    .select({ key: scenario.key })
    .from(scenario)
    .where(and(eq(scenario.organizationId, organizationId), inArray(scenario.key, keys)))
    .orderBy(scenario.key)
    .for('key share')
}

/**
 * Takes along what was agreed to, as the first version of templates of the new account. The caller holds the channel's lock.
 * @returns how many; undefined, with nothing done, where the templates or the lists are not what was agreed to any more
 */
export async function takeAgreed(
  ctx: Ctx,
  tx: Tx,
  { from, to, channel, lists, taking }: { from: string; to: Sender; channel: Channel; lists: Lists; taking: Taking },
): Promise<number | undefined> {
  const organizationId = need(ctx, 'accounts:write')
  const { named } = channel
  if (!named) return undefined
  await holdPlaces(tx, organizationId, await rowsOf(tx, from, to.accountId))
  const rows = await rowsOf(tx, from, to.accountId)
  const chosen = new Map(taking.pairs.map((pair) => [keyOf(pair.from), { ...pair.to, audience: pair.from.audience }]))
  const isAsAgreed = taking.pairs.every(
    (pair) =>
      isFilledAlike(pair.from.text, pair.to.text) &&
      judge({ ...pair.to, audience: pair.from.audience }, lists).blocked === null,
  )
  if (!isAsAgreed || fingerprintOf(rows) !== taking.fingerprint) return undefined
  const now = ctx.now()
  const author = person(ctx)
  const few = listsOfNamed(lists, [...rows.flatMap(({ content }) => named.in(content)), ...chosen.values()])
  const taken = rows.flatMap((row) => {
    const parts = named.in(row.content).flatMap((part) => chosen.get(keyOf(part)) ?? [])
    if (parts.length === 0) return []
    const read = channel.content.safeParse(parts.reduce<unknown>((whole, part) => named.put(whole, part), row.content))
    if (!read.success) throw invalid(...problemsFrom(read.error, 'content'))
    const approval = approvalFrom(judgeNamed(channel, read.data, few))
    const own = { id: v7(), accountId: to.accountId, content: read.data, version: 1 }
    return [{ ...row, ...own, approval, approvalAt: now, usableSince: null, updatedAt: now, updatedBy: author.name }]
  })
  for (let at = 0; at < taken.length; at += 500) {
    const some = taken.slice(at, at + 500)
    await tx.insert(template).values(some)
    await tx.insert(templateVersion).values(
      some.map(({ id, version, content }) => ({
        ...{ templateId: id, version, content, note: null, createdAt: now },
        ...{ authorId: author.id, authorName: author.name },
      })),
    )
  }
  return taken.length
}
