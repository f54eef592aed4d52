/** Official accounts and push rules of a running Signet, made through its procedures for what a spec of the console needs to be there. */
import { seededTemplates } from '#simulator/wechat/template-seeds.ts'
import type { Organization, Person, Signet } from './console.ts'

/** A template that the simulator's main account has. */
export function seeded(title: string) {
  const found = seededTemplates.main.find((template) => template.title === title)
  if (!found) throw new Error(`There is no template ${title}.`)
  return found
}

export const alarmTitle = '设备告警通知'
export const offlineTitle = '设备离线提醒'

const alarmValues = {
  thing1: '${device_name}',
  character_string2: '${device_key}',
  const3: '${alarm_level}',
  thing4: '${alarm_content}',
  time5: '${occurred_at}',
}

/** A content of the alarm template with the event's variables in it. */
export function alarmContent(given: { values?: Record<string, string>; jump?: object } = {}) {
  const { id, title, content } = seeded(alarmTitle)
  return { templateId: id, title, templateText: content, values: alarmValues, ...given }
}

/** Values that WeChat takes in each field of the alarm template. */
export const alarm = {
  device_name: 'Boiler room 2',
  device_key: 'dev-7f3a91',
  alarm_level: '紧急',
  alarm_content: 'Temperature 93',
}

/** An official account of the simulator's, its main one unless said; its id. */
export async function addOfficial(
  signet: Signet,
  owner: Person,
  { name = 'Acme Devices', appId = signet.simulator.wechat.appId } = {},
): Promise<string> {
  const api = await signet.api(owner)
  const config = { appId, appSecret: signet.simulator.wechat.appSecret }
  for await (const part of await api.officialAccounts.add.mutate({ provider: 'wechat', name, config })) {
    if ('end' in part && part.end.added) return part.end.id
    if ('end' in part) throw new Error(`${name} was not added: ${JSON.stringify(part.end)}`)
  }
  throw new Error(`${name} was not added.`)
}

/** An App with a key for its backend. */
export async function addApp(signet: Signet, owner: Person, { name = 'Shop', key = 'shop' } = {}) {
  const api = await signet.api(owner)
  const { id } = await api.apps.add.mutate({ name, key, language: 'en', codeLifetimeMinutes: 10, logo: null })
  const made = await api.apps.addKey.mutate({
    appId: id,
    name: 'Live',
    kind: 'live',
    channels: [],
    expiresInDays: null,
  })
  return { id, name, key, liveKey: made.key }
}

type RuleOf = { appId: string; accountId: string }

/** A push rule for alarms, unless said otherwise; its id. */
export async function addRule(signet: Signet, owner: Person, of: RuleOf, given: Record<string, unknown> = {}) {
  const api = await signet.api(owner)
  const rule = { baseVersion: 0, name: 'Alarms', scenario: 'device_alarm', content: alarmContent(), ...of, ...given }
  return (await api.pushRules.save.mutate(rule)).id
}

/** An organization with an App, an official account and a push rule for its alarms. */
export async function withRule(signet: Signet, given: Record<string, unknown> = {}) {
  const organization: Organization = await signet.newOrganization()
  const { owner } = organization
  const [app, accountId] = await Promise.all([addApp(signet, owner), addOfficial(signet, owner)])
  const ruleId = await addRule(signet, owner, { appId: app.id, accountId }, given)
  return { organization, owner, app, accountId, ruleId }
}

/** Tells of an event as an App's backend does; what became of it. */
export async function tell(signet: Signet, liveKey: string, event: Record<string, unknown> = {}) {
  const [openid] = signet.simulator.wechat.openids.following
  const body = { type: 'device_alarm', variables: alarm, recipients: [{ openid }], ...event }
  const answer = await fetch(`${signet.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${liveKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
