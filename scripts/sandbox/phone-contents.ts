/** What the sandbox says by SMS and in calls: texts that the simulator's Alibaba Cloud has approved, filled with our variables. */
import type { SmsChoice, SmsContent } from '#channels/sms/content.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { seededTemplates } from '#simulator/aliyun/sms-seeds.ts'
import { seededVoiceTemplates } from '#simulator/aliyun/voice-seeds.ts'

/** Variable of the template to ours. */
type Values = Record<string, string>

function textOf(code: string): string {
  const seeds: readonly { code: string; content: string }[] = [...seededTemplates, ...seededVoiceTemplates]
  const found = seeds.find((seed) => seed.code === code)
  if (!found) throw new Error(`The simulator has no template ${code}.`)
  return found.content
}

const mapping = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, variable]) => [name, { variable }]))

const choice = (signature: string, templateCode: string, values: Values): SmsChoice => ({
  ...{ signature, templateCode, templateText: textOf(templateCode), mapping: mapping(values) },
})

const sms = (mainland: SmsChoice, international: SmsChoice): SmsContent => ({ mainland, international })

const home = '星桥智家'
const abroad = 'Starbridge'
const code = { code: 'code' }
const codeWithTime = { ...code, ttl: 'expires_in_minutes' }
const alarm = { device: 'device_name', content: 'alarm_content' }
const offline = { device: 'device_name', time: 'occurred_at' }
const codeAbroad = choice(abroad, 'SMS_280040001', codeWithTime)

/** By scenario. */
export const smsDefaults: Readonly<Record<string, SmsContent>> = {
  registration: sms(choice(home, 'SMS_280010002', code), codeAbroad),
  login: sms(choice(home, 'SMS_280010001', code), codeAbroad),
  password_recovery: sms(choice(home, 'SMS_280010003', code), codeAbroad),
  change_contact: sms(choice(home, 'SMS_280010004', codeWithTime), codeAbroad),
  device_alarm: sms(choice(home, 'SMS_280020001', alarm), choice(abroad, 'SMS_280040002', alarm)),
  device_offline: sms(choice(home, 'SMS_280020002', offline), choice(abroad, 'SMS_280040004', offline)),
}

/** Another signature, and the one text that says how long the code is good for. */
export const smsOverride = {
  scenario: 'login',
  content: sms(choice('星桥验证', 'SMS_280010004', codeWithTime), codeAbroad),
}

const call = (ttsCode: string, values: Values, calledShowNumber?: string): VoiceContent => ({
  ...{ ttsCode, templateText: textOf(ttsCode), mapping: mapping(values), calledShowNumber },
  ...{ playTimes: 2, volume: 100, speed: 0 },
})

const codeCall = call('TTS_280010001', code)

export const voiceDefaults: Readonly<Record<string, VoiceContent>> = {
  registration: codeCall,
  login: codeCall,
  password_recovery: codeCall,
  change_contact: codeCall,
  device_alarm: call('TTS_280020001', alarm),
  device_offline: call('TTS_280020002', { device: 'device_name' }),
}

/** Calls from a number of one's own, which may say more. */
export const voiceOverride = {
  scenario: 'device_alarm',
  content: call('TTS_280020003', { ...alarm, app: 'app_name', level: 'alarm_level' }, '057100000000'),
}
