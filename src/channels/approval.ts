/**
 * Whether what a content names at its provider may be used: its signatures and templates have to be in the provider's lists,
 * approved, and as the content has them. Pure: saving, refreshing and taking along judge by the same functions.
 */
import { type CarrierState, isSignatureFor, isTemplateFor, type ProviderTemplate, type Signature } from './answers.ts'
import { audiencesOf, type Channel, type NamedContent } from './contract.ts'
import type { LeftOut, NamedFault } from './problems.ts'

export type Lists = { signatures: readonly Signature[]; templates: readonly ProviderTemplate[] }

/** What is worth knowing about a template that can be used. */
export type RemarkCode = `carrier_${Exclude<CarrierState, 'registered'>}`

type Remark = { code: RemarkCode; params?: Record<string, string> }
type Approval = { blocked: NamedFault | null; detail: string; remarks: Remark[] }

/** `path` says whether the signature or the template is at fault. */
export type Judgement = Approval & { path?: 'signature' | 'template' }

const usable = { blocked: null, detail: '', remarks: [] }

const carrierRemarks = (signature: Signature): Remark[] =>
  signature.carriers.flatMap(({ carrier, state, reason }) =>
    state === 'registered' ? [] : [{ code: `carrier_${state}` as const, params: { carrier, reason } }],
  )

/** Judges one signature with one template, for their audience. */
export function judge(named: NamedContent, { signatures, templates }: Lists): Judgement {
  const signature = signatures.find((one) => one.name === named.signature && isSignatureFor(one, named.audience))
  const template = templates.find(({ code }) => code === named.template)
  const remarks = signature && named.audience !== 'international' ? carrierRemarks(signature) : []
  const against = (path: 'signature' | 'template', blocked: NamedFault, detail = ''): Judgement => ({
    ...{ path, blocked, detail, remarks },
  })
  if (!signature) return against('signature', 'signature_gone')
  if (signature.state !== 'approved') return against('signature', `signature_${signature.state}`, signature.reason)
  if (!template) return against('template', 'template_gone')
  if (template.state !== 'approved') return against('template', `template_${template.state}`, template.reason)
  if (!isTemplateFor(template, named.audience)) return against('template', 'template_for_others')
  if (template.text !== named.text) return against('template', 'template_text_changed')
  return { ...usable, remarks }
}

/** Judges a content by these lists, for each audience of its channel. */
export function judgeNamed(channel: Channel, content: unknown, lists: Lists): Record<string, Judgement> {
  const named = channel.named?.in(content) ?? []
  return Object.fromEntries(
    audiencesOf(channel).map((audience) => {
      const one = named.find((candidate) => candidate.audience === audience)
      return [audience, one ? judge(one, lists) : { ...usable, blocked: `no_${audience}_template` as LeftOut }]
    }),
  )
}

/** Judgements as they are stored with a template. */
export const approvalFrom = (judgements: Record<string, Judgement>): Record<string, Approval> =>
  Object.fromEntries(
    Object.entries(judgements).map(([audience, { blocked, detail, remarks }]) => [
      audience,
      { blocked, detail: detail.slice(0, 300), remarks },
    ]),
  )
