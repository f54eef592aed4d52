/** Accounts of Alibaba Cloud as the simulator has them, and templates that name what they keep: for specs of SMS and voice. */
import type { Organization, Signet } from './console.ts'
import { validateAccount } from './sending.ts'

type Key = 'main' | keyof Signet['simulator']['aliyun']['otherKeys']
export type CarriedChannel = 'sms' | 'voice'

export const keyOf = ({ simulator: { aliyun } }: Signet, key: Key = 'main') => ({
  accessKeyId: key === 'main' ? aliyun.accessKeyId : aliyun.otherKeys[key],
  accessKeySecret: aliyun.accessKeySecret,
})

/** Stores an account as the owner, without the page; its id. */
export async function addAliyunAccount(
  signet: Signet,
  { owner }: Organization,
  channel: CarriedChannel,
  { name = 'Main', key = 'main', isValidated = true }: { name?: string; key?: Key; isValidated?: boolean } = {},
): Promise<string> {
  const api = await signet.api(owner)
  const input = { channel, provider: `aliyun-${channel}`, name, config: keyOf(signet, key) }
  let id: string | undefined
  for await (const part of await api.accounts.save.mutate(input)) {
    if ('end' in part && part.end.saved) id = part.end.id
  }
  if (!id) throw new Error(`The account ${name} was not saved.`)
  if (isValidated) await validateAccount(signet, { owner } as Organization, id)
  return id
}

const code = { code: { variable: 'code' } }
const alarm = { device: { variable: 'device_name' }, content: { variable: 'alarm_content' } }

/** Contents that the simulator's cloud account has approved. */
export const smsContents = {
  login: {
    signature: '星桥智家',
    templateCode: 'SMS_280010001',
    templateText: '您的登录验证码为${code}，请勿告诉他人。',
    mapping: code,
  },
  device_alarm: {
    signature: '星桥物联',
    templateCode: 'SMS_280020001',
    templateText: '您的设备${device}发生告警：${content}，请及时处理。',
    mapping: alarm,
  },
  abroad: {
    signature: 'Starbridge',
    templateCode: 'SMS_280040002',
    templateText: 'Alarm from your device ${device}: ${content}. Check it soon.',
    mapping: alarm,
  },
  of_second: {
    signature: '远帆科技',
    templateCode: 'SMS_290010001',
    templateText: '您的验证码是${code}，请勿告诉他人。',
    mapping: code,
  },
}
export const voiceContents = {
  login: { ttsCode: 'TTS_280010001', templateText: '您的验证码是${code}，请勿告诉他人。', mapping: code },
  device_alarm: {
    ttsCode: 'TTS_280020001',
    templateText: '您好，您的设备${device}发生告警，内容是${content}，请及时处理。',
    mapping: alarm,
  },
}

type Place = { channel: CarriedChannel; scenario: string; appId?: string | null; accountId?: string | null }

export async function addCarriedTemplate(
  signet: Signet,
  { owner }: Organization,
  { appId = null, accountId = null, ...place }: Place,
  content: unknown,
): Promise<void> {
  const api = await signet.api(owner)
  await api.templates.save.mutate({ ...place, appId, accountId, content, baseVersion: 0 })
}

/** A number of mainland China that nothing was sent to yet. */
export const freshNumber = (): string => `138${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`

/** Proves a voice content by a call. */
export async function proveByCall(
  signet: Signet,
  { owner }: Organization,
  scenario: keyof typeof voiceContents,
): Promise<void> {
  const api = await signet.api(owner)
  const place = { channel: 'voice', scenario, appId: null } as const
  const outcome = await api.templates.testSend.mutate({ ...place, content: voiceContents[scenario], to: freshNumber() })
  if (!outcome.ok) throw new Error(`The call was not taken: ${JSON.stringify(outcome)}`)
}
