/** An organization that can send, and the calls its App makes: for specs that need messages to look at. */
import type { Question } from '#domain/accounts/replacement.ts'
import { expect, type Organization, type Signet } from './console.ts'
import { agreedTo } from './ending.ts'

export type Sending = {
  app: { id: string; key: string }
  accountId: string
  liveKey: string
  testKey: string
}

const templates = {
  login: { subject: 'Your ${app_name} code', html: '<p>Hello ${account}, your code is <b>${code}</b>.</p>' },
  device_alarm: { subject: '${alarm_level}: ${device_name}', html: '<p>${device_name}: ${alarm_content}</p>' },
}

/** What the App's backend sends with: a code, or an alarm. */
export const codeTo = (to: string, code = '482913') => ({
  channel: 'email',
  scenario: 'login',
  to,
  variables: { code },
})
export const alarmTo = (to: string) => ({
  channel: 'email',
  scenario: 'device_alarm',
  to,
  variables: { device_name: 'Pump 3', device_key: 'p3', alarm_content: 'Too hot', alarm_level: 'high' },
})

/** An account of the simulator, validated. */
export async function addValidatedAccount(signet: Signet, { owner }: Organization, name = 'Main'): Promise<string> {
  const api = await signet.api(owner)
  const { host, starttls, user, password } = signet.simulator.smtp
  const config = { host, port: starttls, encryption: 'starttls', username: user, password, fromAddress: user }
  let id: string | undefined
  for await (const part of await api.accounts.save.mutate({ channel: 'email', provider: 'smtp', name, config })) {
    if ('end' in part && part.end.saved) id = part.end.id
  }
  if (!id) throw new Error(`The account ${name} was not saved.`)
  await validateAccount(signet, { owner } as Organization, id)
  return id
}

/** Validates an account as somebody does who agrees to whatever that leads to. */
export async function validateAccount(signet: Signet, organization: Organization, id: string): Promise<void> {
  const { accounts } = await signet.api(organization.owner)
  let asks: Question | undefined
  for await (const part of await accounts.validate.mutate({ id })) {
    if ('end' in part && !part.end.ok) throw new Error(`Not validated: ${JSON.stringify(part.end.stages)}`)
    if ('end' in part) asks = part.end.asks
  }
  if (asks) for await (const _ of await accounts.validate.mutate({ id, agreed: agreedTo(asks) }));
}

export async function addTemplate(
  signet: Signet,
  { owner }: Organization,
  scenario: keyof typeof templates,
  appId: string | null = null,
): Promise<void> {
  const api = await signet.api(owner)
  await api.templates.save.mutate({
    channel: 'email',
    scenario,
    appId,
    content: templates[scenario],
    baseVersion: 0,
    fallBack: false,
  })
}

export async function addApp(signet: Signet, { owner }: Organization, key = 'shop', name = 'Shop') {
  const api = await signet.api(owner)
  return api.apps.add.mutate({ key, name, language: 'en', codeLifetimeMinutes: 10, logo: null })
}

export async function addKey(
  signet: Signet,
  { owner }: Organization,
  appId: string,
  kind: 'live' | 'test',
  expiresInDays: number | null = null,
): Promise<string> {
  const api = await signet.api(owner)
  return (await api.apps.addKey.mutate({ appId, name: `${kind} key`, kind, channels: [], expiresInDays })).key
}

/** Everything that a first message needs. */
export async function makeSending(signet: Signet, organization: Organization): Promise<Sending> {
  const accountId = await addValidatedAccount(signet, organization)
  await addTemplate(signet, organization, 'login')
  await addTemplate(signet, organization, 'device_alarm')
  const app = await addApp(signet, organization)
  return {
    app,
    accountId,
    liveKey: await addKey(signet, organization, app.id, 'live'),
    testKey: await addKey(signet, organization, app.id, 'test'),
  }
}

/** Calls the HTTP API as a backend does; the answer as it came. */
export const callApi = (signet: Signet, key: string, body: object, path = 'messages'): Promise<Response> =>
  fetch(`${signet.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Resolves once nothing more happens to a message by itself. */
export async function untilEnded(signet: Signet, key: string, id: string): Promise<void> {
  await expect
    .poll(async () => {
      const answer = await fetch(`${signet.url}/api/v1/messages/${id}`, {
        headers: { authorization: `Bearer ${key}` },
      })
      return ((await answer.json()) as { status: string }).status
    })
    .not.toMatch(/queued|sending/)
}

/** Sends a message that has to be accepted; its id. */
export async function send(signet: Signet, key: string, body: object): Promise<string> {
  const answer = await callApi(signet, key, body)
  const said = (await answer.json()) as { id: string }
  if (answer.status !== 202) throw new Error(`Not accepted: ${answer.status} ${JSON.stringify(said)}`)
  return said.id
}
