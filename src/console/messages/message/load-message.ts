/** What the page of a message shows; an address that cannot be one's is a page that is not there. */
import 'server-only'
import { getLocale } from 'next-intl/server'
import { scenarioNames } from '#console/scenario-name.ts'
import { caller, idIn, orNotFound } from '#console/trpc/server.tsx'

export type Message = Awaited<ReturnType<typeof loadMessage>>['message']
export type MessageEvent = Message['events'][number]

export async function loadMessage(params: Promise<{ id: string }>) {
  const id = await idIn(params)
  const message = await orNotFound(caller().messages.get({ id }))
  const [content, scenarios, locale] = await Promise.all([
    caller().messages.content({ id }),
    caller().templates.scenarios(),
    getLocale(),
  ])
  return { message, content, scenario: scenarioNames(scenarios, locale)(message.scenario) }
}
