/**
 * Notices what goes wrong: by what is true now, not by what happened, so that nothing is missed by a process that was killed,
 * and every process may look. Promises one open incident for each cause and place.
 */
import { and, isNotNull } from 'drizzle-orm'
import { account, type IncidentDetails, type IncidentKind } from '#db/schema/index.ts'
import { holdAgainstIncidents } from '#db/statements/incidents.ts'
import { inForce } from '../accounts/accounts.ts'
import type { Ctx } from '../base/ctx.ts'
import { heldNow } from '../base/holding.ts'

/** What is wrong with the installation as a whole. */
export type Trouble = { kind: IncidentKind; details: IncidentDetails }

const mostAccounts = 1000

/** Accounts in force that cannot send. */
async function failingAccounts({ db, catalog }: Ctx) {
  const rows = await db
    .select()
    .from(account)
    .where(and(inForce, isNotNull(account.failingSince)))
    .limit(mostAccounts)
  return rows.map(
    ({ id: place, organizationId, failingSince, failingCode: code, failingCause, name, channel, provider }) => {
      const cause = failingCause ?? catalog.explain(provider, code)
      const details = { name, channel, provider, ...(code ? { code } : {}), ...(cause ? { cause } : {}) }
      return { organizationId, place, cause: cause ?? code ?? '', details, since: failingSince ?? new Date() }
    },
  )
}

/** Looks once. Returns how many incidents it opened and ended. */
export async function watchIncidents(ctx: Ctx, installation: readonly Trouble[] = []) {
  const isHeld = (await heldNow(ctx.db)) !== null
  const failing = await failingAccounts(ctx)
  const [counts] = await holdAgainstIncidents(ctx.db, { now: ctx.now(), isHeld, failing, installation })
  const { opened = 0, recovered = 0 } = counts ?? {}
  if (opened + recovered > 0) ctx.log.warn({ opened, recovered }, 'incidents began or ended')
  return { opened, recovered }
}
