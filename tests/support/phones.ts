/** The real channels `sms` and `voice` on a stage, with providers that live in the test and templates of their accounts. */
import type { z } from 'zod'
import type { Channel } from '#channels/contract.ts'
import { sms } from '#channels/sms/sms.ts'
import { voice } from '#channels/voice/voice.ts'
import type { TemplateApproval } from '#db/schema/index.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { SaveTemplate, saveTemplate } from '#domain/templates/templates.ts'
import { catalogOf } from '#providers/catalog.ts'
import { fakeProvider } from './fake-provider.ts'
import { endOf, type Stage } from './make.ts'

const code = { code: { variable: 'code' } }
export const mainland = {
  signature: 'Acme',
  templateCode: 'SMS_1001',
  templateText: 'Your code is ${code}, ${name}.',
  mapping: { ...code, name: { variable: 'account' } },
}
export const abroad = { ...mainland, templateCode: 'SMS_1002', templateText: '${code} is your code.', mapping: code }
export const spoken = { ttsCode: 'TTS_1001', templateText: 'Your code is ${code}.', mapping: code }

/** A catalog holds channels of any content. */
const anyChannels = [sms, voice] as unknown as Channel[]

/** An organization whose channels are these two. */
export async function phones(stage: Stage) {
  const org = await stage.organization()
  const catalog = catalogOf(anyChannels, [
    fakeProvider({ id: 'fake-sms', channel: 'sms' }),
    fakeProvider({ id: 'fake-voice', channel: 'voice' }),
  ])
  const owner: Ctx = { ...org.as('owner'), catalog }
  const account = async (channel: 'sms' | 'voice', name: string, isValidated = true): Promise<string> => {
    const config = { host: 'phone.example.com', username: 'signet', password: 'correct horse' }
    const saved = await endOf(saveAccount(owner, { channel, provider: `fake-${channel}`, name, config }))
    if (!saved.saved) throw new Error('A new account is saved without a check.')
    if (isValidated) await endOf(validateAccount(owner, { id: saved.id }))
    return saved.id
  }
  /** Stores a template as it stands with its provider. */
  const template = (given: Partial<z.input<typeof SaveTemplate>>, approval: TemplateApproval = {}) => {
    const place = { channel: 'sms', scenario: 'login', appId: null, baseVersion: 0 } as const
    return saveTemplate(owner, SaveTemplate.parse({ ...place, content: { mainland }, ...given }), {
      boundIn: () => ({ approval, approvalAt: stage.clock.now() }),
    })
  }
  return { org, owner, account, template }
}

export const blockedFor = (audience: string, blocked: string): TemplateApproval => ({
  [audience]: { blocked, detail: '', remarks: [] },
})
