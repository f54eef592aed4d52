/** Sample values of variables: sensible ones for all, and a person's own, which are stored for them. */
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { entryOf } from '#channels/storable.ts'
import { Text } from '#channels/text.ts'
import { sampleValue } from '#db/schema/index.ts'
import { need, person } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { getScenario } from '../scenarios/scenarios.ts'

const usual: Record<string, string> = {
  code: '482913',
  expires_in_minutes: '10',
  app_name: 'Shop',
  account: 'lin@example.com',
  device_name: 'Boiler room 2',
  device_key: 'dev-7f3a91',
  alarm_content: 'Temperature 93 °C, limit 85 °C',
  alarm_level: 'critical',
  occurred_at: '2026-11-22 10:02:11',
}

export const SampleValues = z.strictObject({
  scenario: Text(40),
  values: z.record(Text(40), Text(2000)),
})

/** A value for each of the scenario's variables. @throws DomainError `unknown_scenario` */
export async function sampleValues(ctx: Ctx, scenarioKey: string): Promise<Record<string, string>> {
  const organizationId = need(ctx, 'templates:read')
  const scenario = await getScenario(ctx, scenarioKey)
  const [own] = await ctx.db
    .select({ values: sampleValue.values })
    .from(sampleValue)
    .where(
      and(
        eq(sampleValue.organizationId, organizationId),
        eq(sampleValue.userId, person(ctx).id),
        eq(sampleValue.scenario, scenario.key),
      ),
    )
  return Object.fromEntries(
    scenario.variables.map((name) => [name, entryOf(own?.values ?? {}, name) ?? entryOf(usual, name) ?? `[${name}]`]),
  )
}

/** Remembers a person's own values for a scenario. */
export async function saveSampleValues(ctx: Ctx, input: z.infer<typeof SampleValues>): Promise<void> {
  const organizationId = need(ctx, 'templates:read')
  const { key, variables } = await getScenario(ctx, input.scenario)
  const values = Object.fromEntries(Object.entries(input.values).filter(([name]) => variables.includes(name)))
  await ctx.db
    .insert(sampleValue)
    .values({ organizationId, userId: person(ctx).id, scenario: key, values })
    .onConflictDoUpdate({
      target: [sampleValue.organizationId, sampleValue.userId, sampleValue.scenario],
      set: { values },
    })
}
