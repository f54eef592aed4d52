/**
 * Ready-made email templates for the built-in scenarios, in English and Chinese. Built for mail clients: tables, inlined
 * styles, a preheader, readable without images, and a dark appearance where the client offers one.
 */
import { entryOf } from '#channels/storable.ts'

export const exampleLanguages = ['en', 'zh-CN'] as const
export type ExampleLanguage = (typeof exampleLanguages)[number]
export type Example = { subject: string; html: string }

type Words = { subject: string; preheader: string; title: string; lead: string; after: string; footer: string }
type AlarmWords = Omit<Words, 'lead' | 'after'> & {
  colour: string
  rows: [label: string, variable: string][]
  action: string
}

const fonts = "-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif"

/** Dark colours for clients that follow the reader's choice; the light ones stand inline. */
const darkStyle = `<style>
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background-color: #141416 !important; }
    .card { background-color: #1e1e22 !important; border-color: #2c2c31 !important; }
    .ink { color: #ececef !important; }
    .soft { color: #b0b0b8 !important; }
    .code { background-color: #2a2a2f !important; color: #ffffff !important; }
  }
</style>`

const page = (
  language: ExampleLanguage,
  preheader: string,
  bar: string,
  inner: string,
  footer: string,
) => `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>\${app_name}</title>
${darkStyle}
</head>
<body class="page" style="margin:0;padding:0;background-color:#f4f4f5;">
<div style="display:none;">${preheader}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f4f4f5;">
  <tr>
    <td align="center" style="padding:32px 16px;">
      <table role="presentation" width="480" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:480px;">
        <tr>
          <td class="ink" style="padding:0 4px 16px;font-family:${fonts};font-size:15px;font-weight:600;color:#18181b;">\${app_name}</td>
        </tr>
        <tr>
          <td class="card" style="background-color:#ffffff;border:1px solid #e4e4e7;border-top:3px solid ${bar};padding:32px;">
${inner}
          </td>
        </tr>
        <tr>
          <td class="soft" style="padding:20px 4px 0;font-family:${fonts};font-size:12px;line-height:18px;color:#71717a;">${footer}</td>
        </tr>
      </table>
    </td>
  </tr>
</table>
</body>
</html>
`

const heading = (title: string) =>
  `            <h1 class="ink" style="margin:0 0 12px;font-family:${fonts};font-size:20px;line-height:28px;font-weight:600;color:#18181b;">${title}</h1>`
const paragraph = (text: string) =>
  `            <p class="soft" style="margin:0 0 20px;font-family:${fonts};font-size:15px;line-height:24px;color:#3f3f46;">${text}</p>`
const codeBox = `            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;">
              <tr>
                <td class="code" align="center" style="background-color:#f4f4f5;padding:18px 8px;font-family:Consolas,Menlo,monospace;font-size:32px;line-height:40px;letter-spacing:6px;font-weight:700;color:#18181b;">\${code}</td>
              </tr>
            </table>`

const verification = (language: ExampleLanguage, words: Words): Example => ({
  subject: words.subject,
  html: page(
    language,
    words.preheader,
    '#C8402A',
    [heading(words.title), paragraph(words.lead), codeBox, paragraph(words.after).replace('0 0 20px', '0')].join('\n'),
    words.footer,
  ),
})

const row = ([label, variable]: [string, string]) => `              <tr>
                <td class="soft" width="112" style="padding:6px 12px 6px 0;font-family:${fonts};font-size:14px;line-height:20px;color:#71717a;vertical-align:top;">${label}</td>
                <td class="ink" style="padding:6px 0;font-family:${fonts};font-size:14px;line-height:20px;color:#18181b;vertical-align:top;">\${${variable}}</td>
              </tr>`

const alarm = (language: ExampleLanguage, words: AlarmWords): Example => ({
  subject: words.subject,
  html: page(
    language,
    words.preheader,
    words.colour,
    `${heading(words.title)}
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;">
${words.rows.map(row).join('\n')}
            </table>
${paragraph(words.action).replace('0 0 20px', '0')}`,
    words.footer,
  ),
})

const english = {
  after: 'It is valid for ${expires_in_minutes} minutes. Nobody from ${app_name} will ask you for it.',
  footer:
    'You get this mail because somebody entered ${account}. If it was not you, do nothing: without the code nothing happens.',
  alarmFooter: 'You get this mail because alarms of this device are sent to you.',
}
const chinese = {
  after: '验证码 ${expires_in_minutes} 分钟内有效，请勿告诉他人。${app_name} 的工作人员不会向你索要验证码。',
  footer: '你收到这封邮件，是因为有人填写了 ${account}。如非本人操作，请忽略，没有验证码不会发生任何变更。',
  alarmFooter: '你收到这封邮件，是因为该设备的告警会发送给你。',
}

const examples: Record<string, Record<ExampleLanguage, Example>> = {
  registration: {
    en: verification('en', {
      subject: 'Your ${app_name} code: ${code}',
      preheader: 'Enter ${code} to finish signing up.',
      title: 'Welcome to ${app_name}',
      lead: 'Enter this code to finish signing up with ${account}.',
      ...english,
    }),
    'zh-CN': verification('zh-CN', {
      subject: '${app_name} 注册验证码：${code}',
      preheader: '输入 ${code} 完成注册。',
      title: '欢迎注册 ${app_name}',
      lead: '你正在用 ${account} 注册，请输入以下验证码。',
      ...chinese,
    }),
  },
  login: {
    en: verification('en', {
      subject: '${code} is your ${app_name} sign-in code',
      preheader: 'Your sign-in code is ${code}.',
      title: 'Sign in to ${app_name}',
      lead: 'Enter this code where you are signing in.',
      ...english,
    }),
    'zh-CN': verification('zh-CN', {
      subject: '${app_name} 登录验证码：${code}',
      preheader: '你的登录验证码是 ${code}。',
      title: '登录 ${app_name}',
      lead: '请在登录页面输入以下验证码。',
      ...chinese,
    }),
  },
  password_recovery: {
    en: verification('en', {
      subject: 'Reset your ${app_name} password',
      preheader: 'Your code is ${code}.',
      title: 'Reset your password',
      lead: 'Enter this code to choose a new password for ${account}.',
      ...english,
    }),
    'zh-CN': verification('zh-CN', {
      subject: '${app_name} 找回密码',
      preheader: '验证码 ${code}。',
      title: '重置密码',
      lead: '输入以下验证码，为 ${account} 设置新密码。',
      ...chinese,
    }),
  },
  change_contact: {
    en: verification('en', {
      subject: 'Confirm your new address for ${app_name}',
      preheader: 'Your code is ${code}.',
      title: 'Confirm this address',
      lead: 'Enter this code to use ${account} with ${app_name} from now on.',
      ...english,
    }),
    'zh-CN': verification('zh-CN', {
      subject: '${app_name} 更换联系方式',
      preheader: '验证码 ${code}。',
      title: '确认新的联系方式',
      lead: '输入以下验证码，今后将用 ${account} 接收 ${app_name} 的消息。',
      ...chinese,
    }),
  },
  device_alarm: {
    en: alarm('en', {
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
      action: 'Open ${app_name} to see the device and to acknowledge the alarm.',
      footer: english.alarmFooter,
    }),
    'zh-CN': alarm('zh-CN', {
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
      action: '请打开 ${app_name} 查看设备并处理告警。',
      footer: chinese.alarmFooter,
    }),
  },
  device_offline: {
    en: alarm('en', {
      subject: '${device_name} is offline',
      preheader: 'Last seen ${occurred_at}.',
      title: '${device_name} is offline',
      colour: '#9A6200',
      rows: [
        ['Device', 'device_name'],
        ['Device key', 'device_key'],
        ['Last seen', 'occurred_at'],
      ],
      action: 'Check its power and network. ${app_name} shows when it is back.',
      footer: english.alarmFooter,
    }),
    'zh-CN': alarm('zh-CN', {
      subject: '${device_name} 已离线',
      preheader: '最后在线时间：${occurred_at}。',
      title: '${device_name} 已离线',
      colour: '#9A6200',
      rows: [
        ['设备名称', 'device_name'],
        ['设备标识', 'device_key'],
        ['最后在线', 'occurred_at'],
      ],
      action: '请检查设备的电源和网络。设备恢复后可在 ${app_name} 中查看。',
      footer: chinese.alarmFooter,
    }),
  },
}

/** The example of a built-in scenario; undefined for a scenario of one's own. */
export const emailExample = (scenario: string, language: ExampleLanguage): Example | undefined =>
  entryOf(examples, scenario)?.[language]
