/** SMS and voice templates stored without the page, a version after the other, for specs of their pages. */
import type { SmsContent } from '#channels/sms/content.ts'
import type { CarriedChannel } from './carried.ts'
import type { Organization, Person, Signet } from './console.ts'

type Stored = {
  accountId: string
  appId?: string | null
  scenario?: string
  baseVersion?: number
  fallBack?: boolean
  note?: string
  by?: Person
}

/** The simulator's templates for a login: one for mainland China, one for elsewhere. */
export const loginChoice = {
  signature: '星桥智家',
  templateCode: 'SMS_280010001',
  templateText: '您的登录验证码为${code}，请勿告诉他人。',
  mapping: { code: { variable: 'code' } },
}
export const abroadChoice = {
  signature: 'Starbridge',
  templateCode: 'SMS_280040001',
  templateText: 'Your verification code is ${code}. It expires in ${ttl} minutes.',
  mapping: { code: { variable: 'code' }, ttl: { variable: 'expires_in_minutes' } },
}

export const loginCall = {
  ttsCode: 'TTS_280010001',
  templateText: '您的验证码是${code}，请勿告诉他人。',
  mapping: { code: { variable: 'code' } },
  playTimes: 2,
  volume: 80,
  speed: 0,
}

async function store(signet: Signet, { owner }: Organization, channel: CarriedChannel, of: Stored, content: unknown) {
  const { accountId, appId = null, scenario = 'login', baseVersion = 0, fallBack = false, note, by = owner } = of
  const api = await signet.api(by)
  return api.templates.save.mutate({ channel, scenario, appId, accountId, content, baseVersion, fallBack, note })
}

export const storeSms = (
  signet: Signet,
  organization: Organization,
  { content = {}, ...of }: Stored & { content?: Partial<SmsContent> },
) => store(signet, organization, 'sms', of, { mainland: loginChoice, international: null, ...content })

export const storeVoice = (
  signet: Signet,
  organization: Organization,
  { content = {}, ...of }: Stored & { content?: object },
) => store(signet, organization, 'voice', of, { ...loginCall, ...content })
