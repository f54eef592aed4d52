/**
 * Receipts: what a provider pushes to the address of an account. Promises that whoever does not know an address learns
 * nothing of it, and that an answer is given only once everything that was pushed is kept.
 */
import { and, eq } from 'drizzle-orm'
import type { Push, Receipt } from '#channels/answers.ts'
import { isStorable, storable } from '#channels/storable.ts'
import { account, callbackNonce, template } from '#db/schema/index.ts'
import { type Sender, senderFor } from '#domain/accounts/sender.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError, notFound } from '#domain/base/errors.ts'
import { longestReference } from '../deliver/claim.ts'
import { keepEarly } from './early-receipts.ts'
import { recordVerdicts, type Verdict } from './verdicts.ts'

/** What came to `/api/receipts/<provider>/<token>`. */
export type Arrival = { provider: string; token: string } & Pick<Push, 'body' | 'query' | 'headers'>
export type PushAnswer = { status: number; contentType: string; body: string }

const batch = 1000
const longest = { name: longestReference, code: 100, detail: 300 }

type Addressee = { organizationId: string; sender: Sender; push: Push }

/** The account behind an address: the same question whatever was asked for. @throws DomainError `not_found` */
async function addresseeOf(ctx: Ctx, { provider, token, ...arrived }: Arrival): Promise<Addressee> {
  const [row] = await ctx.db
    .select({ id: account.id, organizationId: account.organizationId, secureOnly: account.secureOnly })
    .from(account)
    .where(
      and(
        eq(account.receiptToken, isStorable(token) ? token : ''),
        eq(account.provider, isStorable(provider) ? provider : ''),
      ),
    )
  const sender = row && (await senderFor(ctx, row.organizationId, row.id))
  if (!sender) throw notFound('address')
  const { organizationId, secureOnly } = row
  return { organizationId, sender, push: { ...arrived, secret: token, config: sender.config, secureOnly } }
}

const cut = (text: string, most: number) => storable(text.slice(0, most))
/** Carriers report within days; a time that is none of those is wrong, and could be one that cannot be stored. */
const oldest = 30 * 86_400_000

type About = { organizationId: string; accountId: string; now: Date }

function verdictFrom(receipt: Receipt, { organizationId, accountId, now }: About): Verdict[] {
  if (receipt.kind !== 'outcome' || receipt.state === 'pending') return []
  const { state, at } = receipt
  const age = now.getTime() - (at?.getTime() ?? 0)
  return [
    {
      ...{ organizationId, accountId, state, at: at && age >= 0 && age < oldest ? at : null },
      providerMessageId: cut(receipt.providerMessageId, longest.name),
      reference: cut(receipt.reference, longest.name),
      code: cut(receipt.code, longest.code),
      detail: cut(receipt.detail, longest.detail),
    },
  ]
}

/** Notes that a push came; false when it came before. In a transaction, a repeat waits for what becomes of the first. */
async function isFirst({ db }: Ctx, { sender: { provider, accountId }, push }: Addressee): Promise<boolean> {
  const nonce = provider.nonceOf?.(push)
  if (!nonce) return true
  const noted = await db
    .insert(callbackNonce)
    .values({ accountId, nonce: nonce.nonce, expiresAt: nonce.until })
    .onConflictDoNothing()
    .returning({ nonce: callbackNonce.nonce })
  return noted.length > 0
}

const isReview = ({ kind }: Receipt) => kind === 'signature_review' || kind === 'template_review'

/**
 * Takes what was pushed. Items of messages that are not ours are passed over, those of messages still being sent are kept;
 * a review of a signature or template has the account's approvals asked for anew. A push that is sent once more is answered and
 * changes nothing.
 * @throws DomainError `not_found` for an address of nobody's; `invalid_request` for what is not the provider's
 */
export async function takeReceipts(ctx: Ctx, arrival: Arrival): Promise<PushAnswer> {
  const addressee = await addresseeOf(ctx, arrival)
  const { provider } = addressee.sender
  const receipts = provider.readReceipts?.(addressee.push)
  if (!receipts) throw new DomainError('invalid_request', 'This is not what the provider pushes.')
  if (!provider.nonceOf) await keep(ctx, addressee, receipts)
  else {
    await ctx.db.transaction(async (tx) => {
      const within = { ...ctx, db: tx }
      if (await isFirst(within, addressee)) await keep(within, addressee, receipts)
    })
  }
  return provider.receiptAnswer ?? { status: 200, contentType: 'text/plain', body: '' }
}

async function keep(ctx: Ctx, { organizationId, sender }: Addressee, receipts: Receipt[]): Promise<void> {
  const { provider, accountId } = sender
  const about = { organizationId, accountId, now: ctx.now() }
  const verdicts = receipts.flatMap((receipt) => verdictFrom(receipt, about))
  for (let start = 0; start < verdicts.length; start += batch) {
    const taken = verdicts.slice(start, start + batch)
    const { unmatched, heard } = await recordVerdicts(ctx, taken)
    const isUnmatched = new Set(unmatched)
    for (const verdict of taken) {
      ctx.metrics.received({ provider: provider.id, result: isUnmatched.has(verdict) ? 'unmatched' : verdict.state })
    }
    for (const { channel, sentAt } of heard) {
      ctx.metrics.reported({ channel, waitedMs: about.now.getTime() - sentAt.getTime() })
    }
    await keepEarly(ctx, provider, unmatched)
  }
  if (receipts.some(isReview)) {
    await ctx.db.update(template).set({ approvalAt: null }).where(eq(template.accountId, accountId))
  }
}

/**
 * Answers a provider that makes sure of an address before it pushes there.
 * @throws DomainError as `takeReceipts`; `not_found` also where the provider asks no such question
 */
export async function answerChallenge(ctx: Ctx, arrival: Arrival): Promise<PushAnswer> {
  const addressee = await addresseeOf(ctx, arrival)
  const { provider } = addressee.sender
  if (!provider.answerChallenge) throw notFound('address')
  const body = provider.answerChallenge(addressee.push)
  if (body === undefined || !(await isFirst(ctx, addressee)))
    throw new DomainError('invalid_request', 'This is not what the provider asks.')
  return { status: 200, contentType: 'text/plain; charset=utf-8', body }
}
