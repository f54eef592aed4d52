/** Ready-made email templates for the built-in scenarios, in English and Chinese, in several designs. */
import { entryOf } from '#channels/storable.ts'
import { type ExampleDesign, type ExampleParts, exampleDesigns } from './example-designs.ts'

export const exampleLanguages = ['en', 'zh-CN'] as const
export type ExampleLanguage = (typeof exampleLanguages)[number]
export type Example = { design: ExampleDesign; content: { subject: string; html: string } }

type Words = Omit<ExampleParts, 'language'> & { subject: string }

const verification = (words: Omit<Words, 'colour' | 'rows'>): Words => ({ ...words, colour: '#C8402A', rows: [] })

const english = {
  end: 'It is valid for ${expires_in_minutes} minutes. Nobody from ${app_name} will ask you for it.',
  footer:
    'You get this mail because somebody entered ${account}. If it was not you, do nothing: without the code nothing happens.',
  alarmFooter: 'You get this mail because alarms of this device are sent to you.',
}
const chinese = {
  end: '验证码 ${expires_in_minutes} 分钟内有效，请勿告诉他人。${app_name} 的工作人员不会向你索要验证码。',
  footer: '你收到这封邮件，是因为有人填写了 ${account}。如非本人操作，请忽略，没有验证码不会发生任何变更。',
  alarmFooter: '你收到这封邮件，是因为该设备的告警会发送给你。',
}

const examples: Record<string, Record<ExampleLanguage, Words>> = {
  registration: {
    en: verification({
      subject: 'Your ${app_name} code: ${code}',
      preheader: 'Enter ${code} to finish signing up.',
      title: 'Welcome to ${app_name}',
      lead: 'Enter this code to finish signing up with ${account}.',
      ...english,
    }),
    'zh-CN': verification({
      subject: '${app_name} 注册验证码：${code}',
      preheader: '输入 ${code} 完成注册。',
      title: '欢迎注册 ${app_name}',
      lead: '你正在用 ${account} 注册，请输入以下验证码。',
      ...chinese,
    }),
  },
  login: {
    en: verification({
      subject: '${code} is your ${app_name} sign-in code',
      preheader: 'Your sign-in code is ${code}.',
      title: 'Sign in to ${app_name}',
      lead: 'Enter this code where you are signing in.',
      ...english,
    }),
    'zh-CN': verification({
      subject: '${app_name} 登录验证码：${code}',
      preheader: '你的登录验证码是 ${code}。',
      title: '登录 ${app_name}',
      lead: '请在登录页面输入以下验证码。',
      ...chinese,
    }),
  },
  password_recovery: {
    en: verification({
      subject: 'Reset your ${app_name} password',
      preheader: 'Your code is ${code}.',
      title: 'Reset your password',
      lead: 'Enter this code to choose a new password for ${account}.',
      ...english,
    }),
    'zh-CN': verification({
      subject: '${app_name} 找回密码',
      preheader: '验证码 ${code}。',
      title: '重置密码',
      lead: '输入以下验证码，为 ${account} 设置新密码。',
      ...chinese,
    }),
  },
  change_contact: {
    en: verification({
      subject: 'Confirm your new address for ${app_name}',
      preheader: 'Your code is ${code}.',
      title: 'Confirm this address',
      lead: 'Enter this code to use ${account} with ${app_name} from now on.',
      ...english,
    }),
    'zh-CN': verification({
      subject: '${app_name} 更换联系方式',
      preheader: '验证码 ${code}。',
      title: '确认新的联系方式',
      lead: '输入以下验证码，今后将用 ${account} 接收 ${app_name} 的消息。',
      ...chinese,
    }),
  },
  device_alarm: {
    en: {
      subject: '[${alarm_level}] ${device_name}: ${alarm_content}',
      preheader: '${alarm_content}, ${occurred_at}',
      title: '${device_name} reports an alarm',
      colour: '#C22F2F',
      rows: [
        ['Alarm', 'alarm_content'],
        ['Level', 'alarm_level'],
        ['Device', 'device_name'],
        ['Device key', 'device_key'],
        ['Time', 'occurred_at'],
      ],
      end: 'Open ${app_name} to see the device and to acknowledge the alarm.',
      footer: english.alarmFooter,
    },
    'zh-CN': {
      subject: '【${alarm_level}】${device_name}：${alarm_content}',
      preheader: '${alarm_content}，${occurred_at}',
      title: '${device_name} 发生告警',
      colour: '#C22F2F',
      rows: [
        ['告警内容', 'alarm_content'],
        ['告警级别', 'alarm_level'],
        ['设备名称', 'device_name'],
        ['设备标识', 'device_key'],
        ['发生时间', 'occurred_at'],
      ],
      end: '请打开 ${app_name} 查看设备并处理告警。',
      footer: chinese.alarmFooter,
    },
  },
  device_offline: {
    en: {
      subject: '${device_name} is offline',
      preheader: 'Last seen ${occurred_at}.',
      title: '${device_name} is offline',
      colour: '#9A6200',
      rows: [
        ['Device', 'device_name'],
        ['Device key', 'device_key'],
        ['Last seen', 'occurred_at'],
      ],
      end: 'Check its power and network. ${app_name} shows when it is back.',
      footer: english.alarmFooter,
    },
    'zh-CN': {
      subject: '${device_name} 已离线',
      preheader: '最后在线时间：${occurred_at}。',
      title: '${device_name} 已离线',
      colour: '#9A6200',
      rows: [
        ['设备名称', 'device_name'],
        ['设备标识', 'device_key'],
        ['最后在线', 'occurred_at'],
      ],
      end: '请检查设备的电源和网络。设备恢复后可在 ${app_name} 中查看。',
      footer: chinese.alarmFooter,
    },
  },
}

/** The examples of a built-in scenario, one a design; none for a scenario of one's own. */
export function emailExamples(scenario: string, language: ExampleLanguage): Example[] {
  const words = entryOf(examples, scenario)?.[language]
  if (!words) return []
  const { subject, ...parts } = words
  return Object.entries(exampleDesigns).map(([design, draw]) => ({
    design: design as ExampleDesign,
    content: { subject, html: draw({ language, ...parts }) },
  }))
}
