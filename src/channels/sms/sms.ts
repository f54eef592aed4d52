/**
 * The channel `sms`: which numbers it reaches, what an SMS template stores, and how it becomes a message. A template holds
 * one choice for mainland China and one for everywhere else, because providers approve and bill them apart. Promises that
 * preview, test send and delivery get the same text for the same values, and that no choice stands in for the other.
 */
import { type Channel, ContentError } from '../contract.ts'
import { mappedVariables } from '../mapping.ts'
import { isMainland, isMainlandMobile, phoneThat } from '../phone.ts'
import { checkSms } from './check.ts'
import { type SmsChoice, SmsContent } from './content.ts'
import { type SmsAudience, smsAudiences, smsText } from './text.ts'

/** An SMS as a provider sends it; `text` is what the recipient reads. */
export type SmsMessage = { signName: string; templateCode: string; templateParam: Record<string, string>; text: string }

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
  content: SmsContent,
  variables: Record<string, string>,
  declared: readonly string[],
  recipient?: string,
): SmsMessage {
  const [audience, choice] = choiceFor(content, recipient)
  const { params, text } = smsText(audience, choice, variables, declared)
  return { signName: choice.signature, templateCode: choice.templateCode, templateParam: params, text }
}

const namedIn = (content: SmsContent) =>
  smsAudiences.flatMap((audience) => {
    const choice = content[audience]
    if (!choice) return []
    return [{ audience, signature: choice.signature, template: choice.templateCode, text: choice.templateText }]
  })

export const sms: Channel<SmsContent, SmsMessage> = {
  id: 'sms',
  audiences: { ids: smsAudiences, of: audienceOf },
  named: {
    in: namedIn,
    withText(content, audience, templateText) {
      const known = smsAudiences.find((one) => one === audience)
      const choice = known && content[known]
      return choice ? { ...content, [known]: { ...choice, templateText } } : content
    },
    paths: (audience) => ({ signature: `${audience}.signature`, template: `${audience}.templateCode` }),
  },
  recipient: SmsRecipient,
  content: SmsContent,
  check: checkSms,
  summary: namedIn,
  variablesIn(content, declared) {
    const used = smsAudiences.flatMap((audience) => {
      const choice = content[audience]
      return choice ? mappedVariables(choice.templateText, choice.mapping, declared) : []
    })
    return declared.filter((name) => used.includes(name))
  },
  compose: composeSms,
}
