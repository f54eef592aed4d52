/** What Alibaba Cloud's texts look like: ids, limits of values, and what its reviewers let no text hold. Plain data. */
import type { TextRule, Texts } from '#channels/texts.ts'

/** Web and network addresses, accounts to add as a friend, and the brackets of a signature. */
const refusedValues: TextRule[] = [
  {
    form: String.raw`https?:|www\.|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[a-z0-9-]+\.(?:com|cn|net|org|io|cc|top|xyz|me|info|app|dev)\b`,
    code: 'aliyun_constant_with_address',
  },
  {
    form: String.raw`(?:qq|wechat|weixin|微信|vx)\s*(?:[:：号]\s*)?[a-z0-9_-]{5,}`,
    code: 'aliyun_constant_with_contact',
  },
  { form: '[【】]', code: 'aliyun_constant_with_brackets' },
]

const approved = { kind: 'approved', placeholder: ['${', '}'], variablesOfCode: 1 } as const

export const smsTexts: Texts = {
  ...approved,
  messageIdName: 'BizId',
  templateId: { form: String.raw`SMS_\d{1,30}`, begins: 'SMS_', code: 'aliyun_sms_code' },
  longestText: 500,
  /** Unless the account has asked for more. */
  values: { longest: 35, refused: refusedValues },
}

/** The service takes fewer than 250 characters of values in one call. */
const longestValues = 249

export const voiceTexts = {
  ...approved,
  messageIdName: 'CallId',
  templateId: { form: String.raw`TTS_\d{1,30}`, begins: 'TTS_', code: 'aliyun_tts_code' },
  values: { longest: longestValues, longestTogether: longestValues, refused: refusedValues },
  variablesWithoutNumber: 2,
  wording: {
    reservedNames: ['email', 'mobile', 'id', 'nick', 'site'],
    refused: [
      { form: String.raw`[#/:\-%¥$【】[\]]`, code: 'aliyun_forbidden_character' },
      { form: String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b|https?`, code: 'aliyun_text_with_address' },
      {
        form: String.raw`[^\p{Script=Han}\p{Script=Latin}\p{N}\p{P}\p{Z}\n\r+=<>~^|${'`'}¥$]`,
        code: 'aliyun_unspeakable_character',
        // What was approved is right, and nobody has published the whole list.
        isDoubtful: true,
      },
    ],
  },
} as const satisfies Texts
