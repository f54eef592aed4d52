/** What the page of a push rule starts from: a stored one, or a new one that is about what the address says. */
import 'server-only'
import { caller, found, idIn, prefetch, trpc } from '../trpc/server.tsx'
import { type Choices, loadChoices } from './load-choices.ts'
import { emptyContent, type RuleDraft } from './rule-draft.ts'

/** The one that is asked for, or the only one there is. */
const chosen = <Choice>(choices: readonly Choice[], isAsked: (choice: Choice) => boolean) =>
  choices.find(isAsked) ?? (choices.length === 1 ? choices[0] : undefined)

/** The event with that key, else the first one, with values to show it with. */
async function eventIn({ events }: Choices, asked: unknown) {
  const event = events.find(({ key }) => key === asked) ?? events[0]
  if (event) await prefetch(trpc.templates.sampleValues.queryOptions({ scenario: event.key }))
  return event
}

export async function loadRule(params: Promise<{ id: string }>) {
  const id = await idIn(params)
  const [rule, choices] = await Promise.all([found(caller().pushRules.get({ id })), loadChoices()])
  await eventIn(choices, rule.scenario)
  return { rule, choices }
}

type Asked = Record<string, string | string[] | undefined>

/** Nothing to start from while there is no App, no official account or no event to join. */
export async function loadNewRule(asked: Asked): Promise<{ start: RuleDraft | undefined; choices: Choices }> {
  const choices = await loadChoices()
  const { apps, accounts } = choices
  if (apps.length === 0 || accounts.length === 0) return { start: undefined, choices }
  const event = await eventIn(choices, asked.event)
  if (!event) return { start: undefined, choices }
  const start = {
    name: '',
    appId: chosen(apps, ({ key }) => key === asked.app)?.id ?? '',
    scenario: event.key,
    accountId: chosen(accounts, ({ id }) => id === asked.account)?.id ?? '',
    content: emptyContent,
    enabled: true,
    minutes: '0',
  }
  return { start, choices }
}
