/** The text-to-speech templates, voice files and calling numbers that the two cloud accounts begin with. */
import type { CloudAccount } from './keys.ts'
import type { Approval } from './sms-seeds.ts'

export type VoiceTemplate = Approval & {
  account: CloudAccount
  code: string
  name: string
  /** A code is its own purpose: it has windows of its own and exactly one variable. */
  type: 'code' | 'notice'
  /** Called from the shared number pool, or from a number of one's own. */
  mode: 'public' | 'dedicated'
  content: string
}

export type VoiceFile = Approval & { account: CloudAccount; code: string }

const approved: Approval = { state: 'approved', reason: '' }
const inReview: Approval = { state: 'in_review', reason: '' }
const rejected = (reason: string): Approval => ({ state: 'rejected', reason })

type Seed = [
  code: string,
  name: string,
  type: VoiceTemplate['type'],
  mode: VoiceTemplate['mode'],
  content: string,
  approval: Approval,
]

const mainTemplates: Seed[] = [
  ['TTS_280010001', '语音验证码', 'code', 'public', '您的验证码是${code}，请勿告诉他人。', approved],
  ['TTS_280010002', '登录语音验证码', 'code', 'public', '您正在登录，验证码是${code}。', inReview],
  [
    'TTS_280020001',
    '设备告警',
    'notice',
    'public',
    '您好，您的设备${device}发生告警，内容是${content}，请及时处理。',
    approved,
  ],
  ['TTS_280020002', '设备离线', 'notice', 'public', '您好，您的设备${device}已离线，请检查电源和网络。', approved],
  [
    'TTS_280020003',
    '设备告警（专属号码）',
    'notice',
    'dedicated',
    '您好，${app}提醒您，设备${device}发生${level}级告警，内容是${content}，请及时处理。',
    approved,
  ],
  ['TTS_280020004', '水浸告警', 'notice', 'public', '水浸传感器${device}检测到漏水，请立即查看。', inReview],
  [
    'TTS_280020005',
    '优惠提醒',
    'notice',
    'public',
    '您关注的${item}正在优惠，欢迎选购。',
    rejected('语音通知模板不能含营销内容'),
  ],
]

const secondTemplates: Seed[] = [
  ['TTS_290010001', '语音验证码', 'code', 'public', '验证码是${code}。', approved],
  ['TTS_290020001', '告警通知', 'notice', 'public', '设备${device}发生告警，内容是${content}。', approved],
]

const toTemplates = (account: CloudAccount, seeds: readonly Seed[]): VoiceTemplate[] =>
  seeds.map(([code, name, type, mode, content, approval]) => ({
    account,
    code,
    name,
    type,
    mode,
    content,
    ...approval,
  }))

export const seededVoiceTemplates: readonly VoiceTemplate[] = [
  ...toTemplates('main', mainTemplates),
  ...toTemplates('second', secondTemplates),
]

export const seededVoiceFiles: readonly VoiceFile[] = [
  { account: 'main', code: '5f1c9a52-7d0e-4b5c-9a31-20c6f2d40001.wav', ...approved },
  { account: 'main', code: '5f1c9a52-7d0e-4b5c-9a31-20c6f2d40002.wav', ...inReview },
  { account: 'main', code: '5f1c9a52-7d0e-4b5c-9a31-20c6f2d40003.wav', ...rejected('录音不清晰') },
]

/** The numbers of their own that the accounts may call from. */
export const callingNumbers: Readonly<Record<CloudAccount, readonly string[]>> = {
  main: ['057100000000', '02100000000'],
  second: [],
  partner: [],
}
