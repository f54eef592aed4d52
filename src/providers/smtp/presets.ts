/** Servers that many people use, to start the form of an SMTP account with. Their names are their own in every language. */
import type { Preset } from '#channels/contract.ts'

type Encryption = 'none' | 'starttls' | 'tls'

const preset = (id: string, name: string, host: string, port = 465, encryption: Encryption = 'tls'): Preset => ({
  id,
  name,
  values: { host, port, encryption },
})

/** The port that goes with a choice of encryption. */
export const smtpPorts: Record<Encryption, number> = { none: 25, starttls: 587, tls: 465 }

export const smtpPresets: readonly Preset[] = [
  preset('aliyun_enterprise', '阿里企业邮箱 (Alibaba Mail)', 'smtp.qiye.aliyun.com'),
  preset('aliyun_enterprise_old', '阿里企业邮箱 (mxhichina.com)', 'smtp.mxhichina.com'),
  preset('aliyun', '阿里云邮箱 (aliyun.com)', 'smtp.aliyun.com'),
  preset('directmail', '阿里云邮件推送 (DirectMail) · Hangzhou', 'smtpdm.aliyun.com'),
  preset('directmail_singapore', 'Alibaba Cloud DirectMail · Singapore', 'smtpdm-ap-southeast-1.aliyuncs.com'),
  preset('directmail_us', 'Alibaba Cloud DirectMail · US (Virginia)', 'smtpdm-us-east-1.aliyuncs.com'),
  preset('directmail_germany', 'Alibaba Cloud DirectMail · Germany', 'smtpdm-eu-central-1.aliyuncs.com'),
  preset('exmail', '腾讯企业邮箱 (Tencent Exmail)', 'smtp.exmail.qq.com'),
  preset('qq', 'QQ 邮箱', 'smtp.qq.com'),
  preset('netease_163', '网易 163 邮箱', 'smtp.163.com'),
  preset('netease_126', '网易 126 邮箱', 'smtp.126.com'),
  preset('feishu', '飞书邮箱 (Feishu)', 'smtp.feishu.cn'),
  preset('gmail', 'Gmail', 'smtp.gmail.com'),
  preset('google_relay', 'Google Workspace relay', 'smtp-relay.gmail.com'),
  preset('microsoft_365', 'Microsoft 365', 'smtp.office365.com', 587, 'starttls'),
  preset('outlook', 'Outlook.com', 'smtp-mail.outlook.com', 587, 'starttls'),
  preset('icloud', 'iCloud', 'smtp.mail.me.com', 587, 'starttls'),
  preset('yahoo', 'Yahoo', 'smtp.mail.yahoo.com'),
  preset('sendcloud', 'SendCloud', 'smtp.sendcloud.net', 2525, 'starttls'),
]
