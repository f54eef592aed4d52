/** The content of an SMS template while it is edited: a choice that is not made yet is empty. Pure. */
import { mappingFor } from '#channels/mapping.ts'
import { checkSms } from '#channels/sms/check.ts'
import type { SmsChoice, SmsContent } from '#channels/sms/content.ts'
import { smsAudiences } from '#channels/sms/text.ts'
import type { ChannelForm } from '../use-editing.ts'

export const emptyChoice: SmsChoice = { signature: '', templateCode: '', templateText: '', mapping: {} }

const asSent = (choice: SmsChoice | null): SmsChoice | null =>
  choice && { ...choice, mapping: mappingFor(choice.templateText, choice.mapping) }

export const smsForm: ChannelForm<SmsContent> = {
  empty: { mainland: emptyChoice, international: null },
  asSent: ({ mainland, international }) => ({ mainland: asSent(mainland), international: asSent(international) }),
  check(content, scenario, texts) {
    // Nothing is said of a text that is not chosen yet.
    const chosen = (choice: SmsChoice | null) => (choice?.templateCode ? choice : null)
    const { mainland, international } = content
    return checkSms({ mainland: chosen(mainland), international: chosen(international) }, scenario, texts)
  },
  missing(content) {
    const required = (path: string) => ({ path, code: 'required', severity: 'error' }) as const
    if (!content.mainland && !content.international) return [required('mainland')]
    return smsAudiences.flatMap((audience) => {
      const choice = content[audience]
      if (!choice) return []
      return [
        ...(choice.signature ? [] : [required(`${audience}.signature`)]),
        ...(choice.templateCode ? [] : [required(`${audience}.templateCode`)]),
      ]
    })
  },
}
