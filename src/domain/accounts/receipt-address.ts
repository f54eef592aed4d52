/** The unguessable part of the address that an account's provider pushes receipts to, which is all that vouches for them. */
import { randomBytes } from 'node:crypto'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { account } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'

/** 192 random bits. */
export const newReceiptToken = (): string => randomBytes(24).toString('base64url')

/**
 * Whether an account takes only what its provider has encrypted: to somebody who sees what is pushed, a signature in plain text
 * is worth a try at another text. @throws DomainError `not_found`
 */
export async function setSecureOnly(ctx: Ctx, { id, secureOnly }: { id: string; secureOnly: boolean }): Promise<void> {
  const organizationId = need(ctx, 'accounts:write')
  const encrypting = ctx.catalog.providers.filter(({ encryptsPushes }) => encryptsPushes).map((provider) => provider.id)
  await ctx.db.transaction(async (tx) => {
    const ofAccount = and(eq(account.organizationId, organizationId), eq(account.id, id))
    const [row] = await tx
      .update(account)
      .set({ secureOnly })
      .where(and(ofAccount, inArray(account.provider, encrypting)))
      .returning({ name: account.name })
    if (!row) throw notFound('account')
    const changes = { secureOnly }
    await record(ctx, tx, { action: 'changed', subject: 'account', subjectId: id, subjectName: row.name, changes })
  })
}

/** Gives an account another address; the old one takes nothing from then on. @throws DomainError `not_found` */
export async function rotateReceiptAddress(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'accounts:write')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(account)
      .set({ receiptToken: newReceiptToken(), updatedAt: ctx.now() })
      .where(and(eq(account.organizationId, organizationId), eq(account.id, id), isNotNull(account.receiptToken)))
      .returning({ name: account.name })
    if (!row) throw notFound('account')
    await record(ctx, tx, { action: 'rotated', subject: 'account', subjectId: id, subjectName: row.name })
  })
}
