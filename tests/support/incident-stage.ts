/** Incidents of one organization, as a look at everything leaves them, and what its people were told. */
import { asc, eq } from 'drizzle-orm'
import { incident } from '#db/schema/index.ts'
import { tellIncidents } from '#domain/incidents/telling.ts'
import { type Trouble, watchIncidents } from '#domain/incidents/watching.ts'
import type { Org, Stage } from './make.ts'

export const url = 'https://signet.example.com'

export async function lookFor(stage: Stage, org: Org, troubles: readonly Trouble[] = []) {
  await watchIncidents(stage.system, troubles)
  return incidentsOf(stage, org)
}

export const incidentsOf = (stage: Stage, org: Org) =>
  stage.db.select().from(incident).where(eq(incident.organizationId, org.id)).orderBy(asc(incident.id))

type Mail = { subject: string; text: string; html: string }

/** Looks, tells, and returns what the people of the organization were sent by mail since the last time. */
export async function told(stage: Stage, org: Org, troubles: readonly Trouble[] = []) {
  await watchIncidents(stage.system, troubles)
  const before = stage.provider.calls.length
  await tellIncidents(stage.system, { url })
  const addresses = org.people.map(({ email }) => email)
  return stage.provider.calls
    .slice(before)
    .filter(({ to }) => addresses.includes(to))
    .map(({ to, message }) => ({ to, ...(message as Mail) }))
}
