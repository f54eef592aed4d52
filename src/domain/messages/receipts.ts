/**
 * Receipts: what a provider pushes to the address of an account. Promises that whoever does not know an address learns
 * nothing of it, and that an answer is given only once everything that was pushed is kept.
 */
import { and, eq } from 'drizzle-orm'
import { account, template } from '#db/schema/index.ts'
import { type Sender, senderFor } from '../accounts/sender.ts'
import type { Push, Receipt } from '../channels/answers.ts'
import type { Ctx } from '../ctx.ts'
import { DomainError, notFound } from '../errors.ts'
import { isStorable, storable } from '../storable.ts'
import { longestReference } from './claim.ts'
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
    .select({ id: account.id, organizationId: account.organizationId })
    .from(account)
    .where(
      and(
        eq(account.receiptToken, isStorable(token) ? token : ''),
        eq(account.provider, isStorable(provider) ? provider : ''),
      ),
    )
  const sender = row && (await senderFor(ctx, row.organizationId, row.id))
  if (!sender) throw notFound('address')
  const { organizationId } = row
  return { organizationId, sender, push: { ...arrived, secret: token, config: sender.config } }
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

const isReview = ({ kind }: Receipt) => kind === 'signature_review' || kind === 'template_review'

/**
 * Takes what was pushed. Items of messages that are not ours are passed over, those of messages still being sent are kept;
 * a review of a signature or template has the account's approvals asked for anew.
 * @throws DomainError `not_found` for an address of nobody's; `invalid_request` for what is not the provider's
 */
export async function takeReceipts(ctx: Ctx, arrival: Arrival): Promise<PushAnswer> {
  const { organizationId, sender, push } = await addresseeOf(ctx, arrival)
  const { provider, accountId } = sender
  const receipts = provider.readReceipts?.(push)
  if (!receipts) throw new DomainError('invalid_request', 'This is not what the provider pushes.')
  const about = { organizationId, accountId, now: ctx.now() }
  const verdicts = receipts.flatMap((receipt) => verdictFrom(receipt, about))
  for (let start = 0; start < verdicts.length; start += batch) {
    await keepEarly(ctx, provider, await recordVerdicts(ctx, verdicts.slice(start, start + batch)))
  }
  if (receipts.some(isReview)) {
    await ctx.db.update(template).set({ standingAt: null }).where(eq(template.accountId, accountId))
  }
  return provider.receiptAnswer ?? { status: 200, contentType: 'text/plain', body: '' }
}

/**
 * Answers a provider that makes sure of an address before it pushes there.
 * @throws DomainError as `takeReceipts`; `not_found` also where the provider asks no such question
 */
export async function answerChallenge(ctx: Ctx, arrival: Arrival): Promise<PushAnswer> {
  const { sender, push } = await addresseeOf(ctx, arrival)
  if (!sender.provider.answerChallenge) throw notFound('address')
  const body = sender.provider.answerChallenge(push)
  if (body === undefined) throw new DomainError('invalid_request', 'This is not what the provider asks.')
  return { status: 200, contentType: 'text/plain; charset=utf-8', body }
}
