/** What is approved right now: the seeds with the states that were set by hand laid over them. */
import { type Fault, type Faults, textOf, wholeOf } from '../faults.ts'
import type { CloudAccount, Keys } from './keys.ts'
import { type Carrier, carriers } from './numbers.ts'
import {
  type Approval,
  type ApprovalState,
  registered,
  type Sign,
  type SmsTemplate,
  seededSigns,
  seededTemplates,
  type TemplateType,
} from './sms-seeds.ts'
import { seededVoiceFiles, seededVoiceTemplates, type VoiceFile, type VoiceTemplate } from './voice-seeds.ts'

const setByHand = '2026-06-01 08:00:00'

/** The state that was set and its reason; an approved one needs none. */
function approvalOf(fault: Fault): Approval {
  const state = textOf(fault, 'state') as ApprovalState
  const usual = state === 'rejected' ? '审核未通过' : ''
  return { state, reason: textOf(fault, 'reason') ?? usual }
}

const isMissing = (fault: Fault): boolean => textOf(fault, 'state') === 'missing'

export class Approvals {
  readonly #faults: Faults
  readonly #keys: Keys

  constructor(faults: Faults, keys: Keys) {
    this.#faults = faults
    this.#keys = keys
  }

  signs(account: CloudAccount): Sign[] {
    const seeds = seededSigns.filter((sign) => sign.account === account)
    const set = this.#set('sms', 'sign_state', account)
    const found = this.#lay(
      seeds,
      set,
      (sign, fault) => sign.name === textOf(fault, 'name'),
      (fault): Sign => ({
        account,
        name: textOf(fault, 'name') ?? '',
        scene: 'general',
        ...approvalOf(fault),
        carriers: registered(),
        created: setByHand,
      }),
    )
    const registrations = this.#set('sms', 'carrier_state', account)
    return registrations.length === 0 ? found : found.map((sign) => this.#register(sign, registrations))
  }

  templates(account: CloudAccount): SmsTemplate[] {
    const seeds = seededTemplates.filter((template) => template.account === account)
    const set = this.#set('sms', 'template_state', account)
    return this.#lay(
      seeds,
      set,
      (template, fault) => template.code === textOf(fault, 'code'),
      (fault) => ({
        account,
        code: textOf(fault, 'code') ?? '',
        name: textOf(fault, 'name') ?? textOf(fault, 'code') ?? '',
        type: (textOf(fault, 'type') ?? 'notice') as TemplateType,
        content: textOf(fault, 'content') ?? '',
        sign: '',
        ...approvalOf(fault),
        created: setByHand,
      }),
    )
  }

  voiceTemplates(account: CloudAccount): VoiceTemplate[] {
    const seeds = seededVoiceTemplates.filter((template) => template.account === account)
    const set = this.#set('voice', 'template_state', account)
    return this.#lay(
      seeds,
      set,
      (template, fault) => template.code === textOf(fault, 'code'),
      (fault) => ({
        account,
        code: textOf(fault, 'code') ?? '',
        name: textOf(fault, 'name') ?? textOf(fault, 'code') ?? '',
        type: (textOf(fault, 'type') ?? 'notice') as VoiceTemplate['type'],
        mode: 'public',
        content: textOf(fault, 'content') ?? '',
        ...approvalOf(fault),
      }),
    )
  }

  sign(account: CloudAccount, name: string): Sign | undefined {
    return this.signs(account).find((sign) => sign.name === name)
  }

  template(account: CloudAccount, code: string): SmsTemplate | undefined {
    return this.templates(account).find((template) => template.code === code)
  }

  voiceTemplate(account: CloudAccount, code: string): VoiceTemplate | undefined {
    return this.voiceTemplates(account).find((template) => template.code === code)
  }

  voiceFile(account: CloudAccount, code: string): VoiceFile | undefined {
    return seededVoiceFiles.find((file) => file.account === account && file.code === code)
  }

  #set(channel: 'sms' | 'voice', kind: string, account: CloudAccount): Fault[] {
    return this.#faults
      .inForce(channel, kind)
      .filter((fault) => this.#keys.accountOf(textOf(fault, 'accessKeyId')) === account)
  }

  /** The seeds in the states that were set, without those set missing, and what was added by hand after them. */
  #lay<T extends Approval>(
    seeds: readonly T[],
    set: readonly Fault[],
    isOf: (seed: T, fault: Fault) => boolean,
    add: (fault: Fault) => T,
  ): T[] {
    const changed = seeds.flatMap((seed): T[] => {
      const fault = set.find((candidate) => isOf(seed, candidate))
      if (!fault) return [seed]
      return isMissing(fault) ? [] : [{ ...seed, ...approvalOf(fault) }]
    })
    const isNew = (fault: Fault) => !isMissing(fault) && !seeds.some((seed) => isOf(seed, fault))
    return [...changed, ...set.filter(isNew).map(add)]
  }

  #register(sign: Sign, registrations: readonly Fault[]): Sign {
    const of = (carrier: Carrier) => {
      const isOf = (fault: Fault) => textOf(fault, 'name') === sign.name && textOf(fault, 'carrier') === carrier
      const fault = registrations.find(isOf)
      if (!fault) return sign.carriers[carrier]
      return { status: wholeOf(fault, 'state') ?? 3, reason: textOf(fault, 'reason') ?? '' }
    }
    return { ...sign, carriers: { mobile: of(carriers[0]), unicom: of(carriers[1]), telecom: of(carriers[2]) } }
  }
}
