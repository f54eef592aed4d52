/** The signatures and SMS templates that the cloud accounts begin with: each state, type and registration once. */
import type { CloudAccount } from './keys.ts'
import { type Carrier, carriers } from './numbers.ts'

export const approvalStates = ['in_review', 'approved', 'rejected', 'cancelled'] as const
export type ApprovalState = (typeof approvalStates)[number]
export type Approval = { state: ApprovalState; reason: string }

/** The filing of a signature with a carrier: 3 success, 1 to be verified, 2 expired, 0 failed, -1 under way, -2 not filed. */
export type Registration = { status: number; reason: string }

export type Sign = Approval & {
  account: CloudAccount
  name: string
  /** A verification signature goes with verification templates only. */
  scene: 'general' | 'verification'
  carriers: Record<Carrier, Registration>
  created: string
}

export const templateTypes = ['verification', 'notice', 'promotion', 'international', 'digital'] as const
export type TemplateType = (typeof templateTypes)[number]

export type SmsTemplate = Approval & {
  account: CloudAccount
  code: string
  name: string
  type: TemplateType
  content: string
  /** The signature that it was applied for with. */
  sign: string
  created: string
}

const approved: Approval = { state: 'approved', reason: '' }
const inReview: Approval = { state: 'in_review', reason: '' }
const rejected = (reason: string): Approval => ({ state: 'rejected', reason })
const cancelled = (reason: string): Approval => ({ state: 'cancelled', reason })

/** The same with every carrier, but for those that are named. */
export function registered(status = 3, others: Partial<Record<Carrier, Registration>> = {}): Sign['carriers'] {
  const of = (carrier: Carrier): Registration => others[carrier] ?? { status, reason: '' }
  return { mobile: of(carriers[0]), unicom: of(carriers[1]), telecom: of(carriers[2]) }
}

type SignSeed = [name: string, scene: Sign['scene'], approval: Approval, registration: Sign['carriers']]

const mainSigns: SignSeed[] = [
  ['星桥智家', 'general', approved, registered()],
  ['星桥商城', 'general', approved, registered()],
  ['星桥验证', 'verification', approved, registered()],
  [
    '星桥物联',
    'general',
    approved,
    registered(3, { unicom: { status: 0, reason: '资料不一致' }, telecom: { status: -1, reason: '' } }),
  ],
  ['Starbridge', 'general', approved, registered(-2)],
  ['星桥社区', 'general', inReview, registered(-2)],
  ['星桥优选', 'general', rejected('签名来源证明材料不清晰，请重新上传'), registered(-2)],
  ['星桥旧版', 'general', cancelled('申请人撤回'), registered(2)],
]

const mainSign = '星桥智家'
type TemplateSeed = [code: string, name: string, type: TemplateType, content: string, approval: Approval]

const mainTemplates: TemplateSeed[] = [
  ['SMS_280010001', '登录验证码', 'verification', '您的登录验证码为${code}，请勿告诉他人。', approved],
  [
    'SMS_280010002',
    '注册验证码',
    'verification',
    '您正在注册账号，验证码为${code}。如非本人操作，请忽略本短信。',
    approved,
  ],
  ['SMS_280010003', '找回密码验证码', 'verification', '您正在找回密码，验证码为${code}，请勿转发给任何人。', approved],
  ['SMS_280010004', '通用验证码（含有效期）', 'verification', '验证码${code}，${ttl}分钟内有效，请勿泄露。', approved],
  ['SMS_280010005', '更换手机号验证码', 'verification', '您正在更换绑定的手机号，验证码为${code}。', inReview],
  [
    'SMS_280010006',
    '活动验证码',
    'verification',
    '凭验证码${code}领取新人礼包，先到先得。',
    rejected('验证码模板不能含营销内容，请以推广短信重新申请'),
  ],
  ['SMS_280020001', '设备告警', 'notice', '您的设备${device}发生告警：${content}，请及时处理。', approved],
  ['SMS_280020002', '设备离线', 'notice', '您的设备${device}已于${time}离线，请检查电源和网络。', approved],
  ['SMS_280020003', '设备告警（含级别）', 'notice', '${level}级告警，设备${device}：${content}。', inReview],
  [
    'SMS_280020004',
    '门窗告警',
    'notice',
    '门窗传感器${device}被打开，点击链接查看现场画面。',
    rejected('模板内容涉及点击链接，请补充链接说明后重新申请'),
  ],
  ['SMS_280020005', '设备告警（旧版）', 'notice', '设备${device}告警，请登录控制台查看。', cancelled('申请人撤回')],
  ['SMS_280030001', '会员日活动', 'promotion', '会员日全场低至五折，到店即享，拒收请回复R。', approved],
  [
    'SMS_280040001',
    'International verification code',
    'international',
    'Your verification code is ${code}. It expires in ${ttl} minutes.',
    approved,
  ],
  [
    'SMS_280040002',
    'International device alarm',
    'international',
    'Alarm from your device ${device}: ${content}. Check it soon.',
    approved,
  ],
  ['SMS_280040003', '港澳台驗證碼', 'international', '您的驗證碼是${code}，請勿告訴他人。', inReview],
  [
    'SMS_280040004',
    'International device offline',
    'international',
    'Your device ${device} went offline at ${time}. Check its power and network.',
    approved,
  ],
  ['SMS_280050001', '新品图文', 'digital', '星桥智家新品图文', approved],
]

const secondSign = '远帆科技'
const secondSigns: SignSeed[] = [[secondSign, 'general', approved, registered()]]
const secondTemplates: TemplateSeed[] = [
  ['SMS_290010001', '验证码', 'verification', '您的验证码是${code}，请勿告诉他人。', approved],
  ['SMS_290020001', '告警通知', 'notice', '设备${device}告警：${content}。', approved],
  ['SMS_290040001', 'Verification code', 'international', 'Your code is ${code}.', approved],
]

/** Of the main account's it has a signature and two codes; its alarm goes by another code and says the same in other words. */
const partnerSigns: SignSeed[] = [
  [mainSign, 'general', approved, registered()],
  ['星桥合作', 'general', approved, registered()],
]
const partnerTemplates: TemplateSeed[] = [
  ...mainTemplates.filter(([code]) => code === 'SMS_280010001' || code === 'SMS_280010002'),
  ['SMS_300020001', '设备告警', 'notice', '设备${device}告警，内容：${content}。', approved],
  ['SMS_300020002', '设备离线', 'notice', '设备${device}离线。', approved],
]

/** A day apart each, so that lists have an order. */
const createdOn = (index: number): string =>
  `2026-0${1 + Math.floor(index / 28)}-${String(1 + (index % 28)).padStart(2, '0')} 09:10:11`

const toSigns = (account: CloudAccount, seeds: readonly SignSeed[]): Sign[] =>
  seeds.map(([name, scene, approval, registration], index) => ({
    account,
    name,
    scene,
    ...approval,
    carriers: registration,
    created: createdOn(index),
  }))

const toTemplates = (account: CloudAccount, sign: string, seeds: readonly TemplateSeed[]): SmsTemplate[] =>
  seeds.map(([code, name, type, content, approval], index) => ({
    account,
    code,
    name,
    type,
    content,
    sign,
    ...approval,
    created: createdOn(index),
  }))

export const seededSigns: readonly Sign[] = [
  ...toSigns('main', mainSigns),
  ...toSigns('second', secondSigns),
  ...toSigns('partner', partnerSigns),
]

export const seededTemplates: readonly SmsTemplate[] = [
  ...toTemplates('main', mainSign, mainTemplates),
  ...toTemplates('second', secondSign, secondTemplates),
  ...toTemplates('partner', mainSign, partnerTemplates),
]
