/** The signatures and templates that the account begins with: each state once, for the mainland and for elsewhere apart. */

/** 0 in effect, 1 in review, 2 approved and not in effect yet, -1 refused. */
export const states = { approved: 0, in_review: 1, not_in_effect: 2, rejected: -1 } as const
export type State = keyof typeof states

export type Sign = { id: number; name: string; isInternational: boolean; state: State; reason: string }

export type Template = {
  id: string
  name: string
  content: string
  /** 0 for the mainland, 1 for elsewhere, 3 for both. */
  international: 0 | 1 | 3
  /** Every value is a code: at most six digits. */
  isForCodes: boolean
  state: State
  reason: string
}

type SignSeed = [name: string, isInternational: boolean, state: State, reason?: string]

const signs: SignSeed[] = [
  ['星桥智家', false, 'approved'],
  ['星桥商城', false, 'approved'],
  ['星桥物联', false, 'not_in_effect'],
  ['星桥社区', false, 'in_review'],
  ['星桥优选', false, 'rejected', '签名证明材料不清晰，请重新上传'],
  ['Starbridge', true, 'approved'],
  ['星桥智家', true, 'in_review'],
]
export const seededSigns: readonly Sign[] = signs.map(([name, isInternational, state, reason = ''], index) => ({
  ...{ id: 470_001 + index, name, isInternational, state, reason },
}))

type Kind = 'code' | 'notice'
type TemplateSeed = [
  id: string,
  name: string,
  to: Template['international'],
  kind: Kind,
  content: string,
  state?: State,
  reason?: string,
]

const templates: TemplateSeed[] = [
  ['1900001', '登录验证码', 0, 'code', '您的登录验证码为{1}，请勿告诉他人。'],
  ['1900002', '注册验证码', 0, 'code', '您正在注册账号，验证码为{1}，{2}分钟内有效。'],
  ['1900003', '找回密码验证码', 0, 'code', '您正在找回密码，验证码为{1}。', 'in_review'],
  ['1900004', '活动验证码', 0, 'code', '凭验证码{1}领取礼包。', 'rejected', '验证码模板不能含营销内容'],
  ['1900005', '设备告警', 0, 'notice', '您的设备{1}发生告警：{2}，请及时处理。'],
  ['1900006', '设备离线', 0, 'notice', '您的设备{1}已于{2}离线，请检查电源和网络。'],
  ['1900007', '设备告警（含级别）', 0, 'notice', '{1}级告警，设备{2}：{3}。', 'not_in_effect'],
  ['1900008', '通用验证码', 3, 'code', '验证码{1}，{2}分钟内有效，请勿泄露。'],
  ['1900021', 'Verification code', 1, 'code', 'Your verification code is {1}. It expires in {2} minutes.'],
  ['1900022', 'Device alarm', 1, 'notice', 'Alarm from your device {1}: {2}. Check it soon.'],
  ['1900023', 'Device offline', 1, 'notice', 'Your device {1} went offline at {2}.', 'in_review'],
]
export const seededTemplates: readonly Template[] = templates.map(
  ([id, name, international, kind, content, state = 'approved', reason = '']) => ({
    ...{ id, name, international, isForCodes: kind === 'code', content, state, reason },
  }),
)
