/**
 * The channel `sms`: which numbers it reaches, what an SMS template stores, and how it becomes a message. A template holds
 * one choice for mainland China and one for everywhere else, because providers approve and bill them apart; or one text for
 * everybody, where the provider keeps none. Promises that preview, test send and delivery get the same text for the same
 * values, and that no choice stands in for the other.
 */
import { type Channel, ContentError, everybody } from '../contract.ts'
import { mappedVariables } from '../mapping.ts'
import { isMainland, isMainlandMobile, phoneThat } from '../phone.ts'
import { variablesIn } from '../render.ts'
import { checkSms } from './check.ts'
import { AnySms, type SmsChoice, type SmsContent } from './content.ts'
import { isWritten, type SmsAudience, segmentsOf, smsAudiences, smsText, writtenText } from './text.ts'

/** An SMS as a provider sends it; `text` is what the recipient reads. */
export type SmsMessage = { signName: string; templateCode: string; templateParam: Record<string, string>; text: string }
/** The same for a provider that keeps no texts. */
export type WrittenMessage = { text: string }

/** Any number outside the mainland may be a mobile: their numbering plans do not all tell. */
export const SmsRecipient = phoneThat((phone) => !isMainland(phone) || isMainlandMobile(phone))

const audienceOf = (recipient: string): SmsAudience => (isMainland(recipient) ? 'mainland' : 'international')

function choiceFor(content: SmsContent, recipient: string | undefined): [SmsAudience, SmsChoice] {
  const audience = recipient === undefined ? smsAudiences.find((one) => content[one]) : audienceOf(recipient)
  const choice = audience && content[audience]
  if (!audience || !choice) throw new ContentError(`no_${audience ?? 'mainland'}_template`)
  return [audience, choice]
}

function composeSms(
  content: AnySms,
  variables: Record<string, string>,
  declared: readonly string[],
  recipient?: string,
): SmsMessage | WrittenMessage {
  if (isWritten(content)) return { text: writtenText(content.text, variables, declared).text }
  const [audience, choice] = choiceFor(content, recipient)
  const { params, text } = smsText(audience, choice, variables, declared)
  return { signName: choice.signature, templateCode: choice.templateCode, templateParam: params, text }
}

const choicesOf = (content: AnySms): [SmsAudience, SmsChoice][] =>
  smsAudiences.flatMap((audience): [SmsAudience, SmsChoice][] => {
    const choice = isWritten(content) ? null : content[audience]
    return choice ? [[audience, choice]] : []
  })

const namedIn = (content: AnySms) =>
  choicesOf(content).map(([audience, { signature, templateCode: template, templateText: text }]) => ({
    ...{ audience, signature, template, text },
  }))

export const sms: Channel<AnySms, SmsMessage | WrittenMessage> = {
  id: 'sms',
  audiences: { ids: smsAudiences, of: audienceOf },
  named: {
    in: namedIn,
    put(content, { audience, signature, template: templateCode, text: templateText }) {
      const part = smsAudiences.find((one) => one === audience)
      const choice = part && !isWritten(content) && content[part]
      return choice ? { ...content, [part]: { ...choice, signature, templateCode, templateText } } : content
    },
    paths: (audience) => ({ signature: `${audience}.signature`, template: `${audience}.templateCode` }),
  },
  recipient: SmsRecipient,
  content: AnySms,
  check: checkSms,
  summary: (content) =>
    isWritten(content)
      ? [{ audience: everybody, signature: null, template: '', text: content.text }]
      : namedIn(content),
  variablesIn(content, declared) {
    const used = isWritten(content)
      ? variablesIn(content.text, declared)
      : choicesOf(content).flatMap(([, { templateText, mapping }]) => mappedVariables(templateText, mapping, declared))
    return declared.filter((name) => used.includes(name))
  },
  compose: composeSms,
  segmentsOf,
}
