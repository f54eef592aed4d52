/** The settings of the simulator: read from the environment once, checked, and named in the error when wrong. */
import { resolve } from 'node:path'

export type Settings = {
  /** Port of the inbox page, `/inbox` and `/control`; 0 takes any free one. */
  port: number
  smtpPorts: { plain: number; starttls: number; tls: number }
  /** Folder of the certificates and of the kept inbox. */
  data: string
  user: string
  password: string
  /** How many messages the inbox keeps. */
  max: number
  /** The AccessKey of SMS and voice; without one, every key is unknown there. */
  aliyun: { accessKeyId: string; accessKeySecret: string } | undefined
  /** The official account; without one, every AppID is unknown. */
  wechat: { appId: string; appSecret: string } | undefined
}

export class SettingsError extends Error {}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) {
    throw new SettingsError(`The setting ${name} must be a whole number from ${least} to ${most}, not "${text}".`)
  }
  return value
}

function readPorts(name: string, text: string): Settings['smtpPorts'] {
  const [plain, starttls, tls, ...more] = text.split(',').map((part) => wholeNumber(name, part, 0, 65535))
  if (plain === undefined || starttls === undefined || tls === undefined || more.length > 0) {
    throw new SettingsError(`The setting ${name} must be three ports: plain,STARTTLS,TLS (such as 2525,4587,4465).`)
  }
  return { plain, starttls, tls }
}

function readAccessKey(id: string | undefined, secret: string | undefined): Settings['aliyun'] {
  if (!id && !secret) return undefined
  if (!id || !/^[A-Za-z0-9]{8,64}$/.test(id)) {
    throw new SettingsError('The setting SIMULATOR_ALIYUN_KEY_ID must be 8 to 64 letters and digits.')
  }
  if (!secret || !/^\S{8,128}$/.test(secret)) {
    throw new SettingsError('The setting SIMULATOR_ALIYUN_KEY_SECRET must be 8 to 128 characters without blanks.')
  }
  return { accessKeyId: id, accessKeySecret: secret }
}

function readOfficialAccount(appId: string | undefined, appSecret: string | undefined): Settings['wechat'] {
  if (!appId && !appSecret) return undefined
  if (!appId || !/^wx[0-9a-f]{16}$/.test(appId)) {
    throw new SettingsError('The setting SIMULATOR_WECHAT_APP_ID must be "wx" and 16 hexadecimal digits.')
  }
  if (!appSecret || !/^[0-9a-f]{32}$/.test(appSecret)) {
    throw new SettingsError('The setting SIMULATOR_WECHAT_APP_SECRET must be 32 hexadecimal digits.')
  }
  return { appId, appSecret }
}

/** @throws SettingsError whose message is a sentence that names the wrong setting. */
export function readSettings(source: NodeJS.ProcessEnv = process.env): Settings {
  const required = (name: string): string => {
    const value = source[name]
    if (!value) throw new SettingsError(`The setting ${name} is missing.`)
    return value
  }
  const user = required('SIMULATOR_SMTP_USER')
  if (!/^[^\s@]+@[^\s@]+$/.test(user)) {
    throw new SettingsError('The setting SIMULATOR_SMTP_USER must be an email address: senders must be of its domain.')
  }
  return {
    port: wholeNumber('SIMULATOR_PORT', source.SIMULATOR_PORT || '4010', 0, 65535),
    smtpPorts: readPorts('SIMULATOR_SMTP_PORTS', source.SIMULATOR_SMTP_PORTS || '2525,4587,4465'),
    data: resolve(source.SIMULATOR_DATA || '.data/simulator'),
    user,
    password: required('SIMULATOR_SMTP_PASSWORD'),
    max: wholeNumber('SIMULATOR_MAX', source.SIMULATOR_MAX || '20000', 1, 1_000_000),
    aliyun: readAccessKey(source.SIMULATOR_ALIYUN_KEY_ID, source.SIMULATOR_ALIYUN_KEY_SECRET),
    wechat: readOfficialAccount(source.SIMULATOR_WECHAT_APP_ID, source.SIMULATOR_WECHAT_APP_SECRET),
  }
}
