/** What the page of a push rule starts from: a stored one, or a new one that is about what the address says. */
import 'server-only'
import { ruleChannel } from '#channels/traits.ts'
import { caller, idIn, orNotFound, prefetch, trpc } from '../trpc/server.tsx'
import { newDraft, type RuleDraft } from './rule-draft.ts'

/** What a push rule joins: the Apps, the events and the official accounts that there are. */
export type Choices = Awaited<ReturnType<typeof loadChoices>>

export async function loadChoices() {
  const [apps, scenarios, accounts] = await Promise.all([
    caller().apps.names(),
    caller().templates.scenarios(),
    caller().officialAccounts.list(),
  ])
  return {
    apps,
    events: scenarios.filter(({ channels }) => channels.includes(ruleChannel)),
    accounts: accounts.map(({ id, name, state }) => ({ id, name, isFailing: state === 'failing' })),
  }
}

/** The one that is wanted, or the only one there is. */
const chosen = <Choice>(choices: readonly Choice[], isWanted: (choice: Choice) => boolean) =>
  choices.find(isWanted) ?? (choices.length === 1 ? choices[0] : undefined)

/** The event with that key, else the first one, with values to show it with. */
async function eventIn({ events }: Choices, wanted: unknown) {
  const event = events.find(({ key }) => key === wanted) ?? events[0]
  if (event) await prefetch(trpc.templates.sampleValues.queryOptions({ scenario: event.key }))
  return event
}

export async function loadRule(params: Promise<{ id: string }>) {
  const id = await idIn(params)
  const [rule, choices] = await Promise.all([orNotFound(caller().pushRules.get({ id })), loadChoices()])
  await eventIn(choices, rule.scenario)
  return { rule, choices }
}

type SearchParams = Record<string, string | string[] | undefined>

/** Nothing to start from while there is no App, no official account or no event to join. */
export async function loadNewRule(wanted: SearchParams): Promise<{ start: RuleDraft | undefined; choices: Choices }> {
  const choices = await loadChoices()
  const { apps, accounts } = choices
  if (apps.length === 0 || accounts.length === 0) return { start: undefined, choices }
  const event = await eventIn(choices, wanted.event)
  if (!event) return { start: undefined, choices }
  const start = newDraft(event.key, {
    appId: chosen(apps, ({ key }) => key === wanted.app)?.id ?? '',
    accountId: chosen(accounts, ({ id }) => id === wanted.account)?.id ?? '',
  })
  return { start, choices }
}
