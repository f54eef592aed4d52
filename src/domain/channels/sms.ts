/**
 * The channel `sms`: which numbers it reaches, what an SMS template stores, and how it becomes a message. A template holds
 * one choice for mainland China and one for everywhere else, because providers approve and bill them apart. Promises that
 * preview, test send and delivery get the same text for the same values, and that no choice stands in for the other.
 */
import { z } from 'zod'
import { isStorable } from '../text.ts'
import { type Channel, ContentError, type ContentProblem } from './contract.ts'
import { checkMapping, fill, Mapping, mappedVariables, templateVariables } from './mapping.ts'
import { isMainland, isMainlandMobile, phoneThat } from './phone.ts'

/** An SMS as a provider sends it; `text` is what the recipient reads. */
export type SmsMessage = { signName: string; templateCode: string; templateParam: Record<string, string>; text: string }

/** Any number outside the mainland may be a mobile: their numbering plans do not all tell. */
export const SmsRecipient = phoneThat((phone) => !isMainland(phone) || isMainlandMobile(phone))

export const SmsChoice = z.strictObject({
  /** Without its brackets. */
  signature: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((name) => !/[【】]/.test(name), { error: 'signature_with_brackets' })
    .refine(isStorable),
  templateCode: z
    .string()
    .trim()
    .regex(/^SMS_\d{1,30}$/, { error: 'invalid_template_code' }),
  templateText: z.string().min(1).max(1000).refine(isStorable),
  mapping: Mapping,
})
export type SmsChoice = z.infer<typeof SmsChoice>

export const SmsContent = z
  .strictObject({ mainland: SmsChoice.nullable().default(null), international: SmsChoice.nullable().default(null) })
  .refine(({ mainland, international }) => mainland || international, { path: ['mainland'], error: 'required' })
export type SmsContent = z.infer<typeof SmsContent>

const kinds = ['mainland', 'international'] as const
type Kind = (typeof kinds)[number]

/** The alphabet of GSM 03.38, which fits 160 to a segment; those of the second line count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

/**
 * How long a text is and how many segments it is sent and billed in. Under a signature the mainland's rule holds: the
 * signature in its brackets counts, 70 characters are one segment, more are 67 each. Without one (null) GSM 03.38 does
 * wherever the text allows.
 */
export function segments(text: string, signature: string | null): { length: number; segments: number } {
  const whole = signature === null ? text : `【${signature}】${text}`
  const characters = [...whole]
  const isNarrow = signature === null && characters.every((one) => basic.has(one) || extended.has(one))
  const length = isNarrow ? characters.reduce((sum, one) => sum + (extended.has(one) ? 2 : 1), 0) : whole.length
  const [single, joined] = isNarrow ? [160, 153] : [70, 67]
  return { length, segments: length <= single ? 1 : Math.ceil(length / joined) }
}

/** A variable's value may have at most so many characters, unless the account has asked for more. */
const longestValue = 35
const longestText = 500

function checkChoice(kind: Kind, choice: SmsChoice, scenario: Parameters<Channel['check']>[1]): ContentProblem[] {
  const { templateText, mapping, signature } = choice
  const problems = checkMapping(`${kind}.mapping`, templateText, mapping, scenario, { longestConstant: longestValue })
  const hint = (code: string, params: ContentProblem['params']) =>
    problems.push({ path: `${kind}.templateText`, code, severity: 'hint', ...(params ? { params } : {}) })
  const names = templateVariables(templateText)
  if (kind === 'mainland' && scenario.kind === 'verification' && names.length > 1) {
    hint('several_variables_in_code_template', { count: names.length })
  }
  const shortest = fill(templateText, mapping, Object.fromEntries(scenario.variables.map((name) => [name, '0'])), [
    ...scenario.variables,
  ]).text
  if (shortest.length > longestText) hint('text_too_long', { maximum: longestText })
  const size = segments(shortest, kind === 'mainland' ? signature : null)
  if (size.segments > 1) hint('several_segments', { count: size.segments })
  return problems
}

function choiceFor(content: SmsContent, recipient: string | undefined): [Kind, SmsChoice] {
  const kind = recipient === undefined ? kinds.find((one) => content[one]) : isMainland(recipient) ? kinds[0] : kinds[1]
  const choice = kind && content[kind]
  if (!kind || !choice) throw new ContentError(`no_${kind ?? 'mainland'}_template`)
  return [kind, choice]
}

function composeSms(
  content: SmsContent,
  variables: Record<string, string>,
  declared: readonly string[],
  recipient?: string,
): SmsMessage {
  const [kind, choice] = choiceFor(content, recipient)
  const { params, text } = fill(choice.templateText, choice.mapping, variables, declared)
  return {
    signName: choice.signature,
    templateCode: choice.templateCode,
    templateParam: params,
    // Abroad the signature is no part of the text: carriers there show a sender instead.
    text: kind === 'mainland' ? `【${choice.signature}】${text}` : text,
  }
}

const namedIn = (content: SmsContent) =>
  kinds.flatMap((audience) => {
    const choice = content[audience]
    if (!choice) return []
    return [{ audience, signature: choice.signature, template: choice.templateCode, text: choice.templateText }]
  })

export const sms: Channel<SmsContent, SmsMessage> = {
  id: 'sms',
  audiences: { ids: kinds, of: (recipient) => (isMainland(recipient) ? 'mainland' : 'international') },
  named: {
    in: namedIn,
    withText(content, audience, templateText) {
      const kind = kinds.find((one) => one === audience)
      const choice = kind && content[kind]
      return choice ? { ...content, [kind]: { ...choice, templateText } } : content
    },
    paths: (audience) => ({ signature: `${audience}.signature`, template: `${audience}.templateCode` }),
  },
  recipient: SmsRecipient,
  content: SmsContent,
  check: (content, scenario) =>
    kinds.flatMap((kind) => {
      const choice = content[kind]
      return choice ? checkChoice(kind, choice, scenario) : []
    }),
  summary: namedIn,
  variablesIn(content, declared) {
    const used = kinds.flatMap((kind) => {
      const choice = content[kind]
      return choice ? mappedVariables(choice.templateText, choice.mapping, declared) : []
    })
    return declared.filter((name) => used.includes(name))
  },
  compose: composeSms,
}
