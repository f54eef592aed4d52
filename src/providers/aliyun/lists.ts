/**
 * The signatures and templates of an account, in our words. Alibaba Cloud has a different vocabulary in every action: all of
 * them are known here and nowhere else.
 */

import type { CarrierState, LookupOptions, ProviderTemplate, ReviewState, Signature } from '#channels/answers.ts'
import { templateVariables } from '#channels/mapping.ts'
import { entryOf } from '#channels/storable.ts'
import { CallFailure } from '../lines.ts'
import { type Fields, listOf, objectOf, onceEach, textOf } from '../reading.ts'
import type { Params } from './aliyun.ts'

/** One action with the account's key. @throws CallFailure */
export type Ask = (action: string, params: Params) => Promise<Fields>

/** `AUDIT_SATE_CANCEL` is how templates spell it. */
const reviewStates: Record<string, ReviewState> = {
  AUDIT_STATE_INIT: 'in_review',
  AUDIT_STATE_PASS: 'approved',
  AUDIT_STATE_NOT_PASS: 'rejected',
  AUDIT_STATE_CANCEL: 'cancelled',
  AUDIT_SATE_CANCEL: 'cancelled',
  approving: 'in_review',
  approved: 'approved',
  rejected: 'rejected',
}
export const reviewStateOf = (word: unknown): ReviewState => entryOf(reviewStates, textOf(word)) ?? 'unknown'

const carrierStates: Record<string, CarrierState> = {
  '-2': 'not_filed',
  '-1': 'in_progress',
  '0': 'failed',
  '1': 'unproven',
  '2': 'expired',
  '3': 'registered',
}

/** Of `OuterTemplateType`: the field `TemplateType` beside it counts otherwise. */
const templateTypes: Record<string, ProviderTemplate['type']> = {
  '0': 'verification',
  '1': 'notice',
  '2': 'promotion',
  '3': 'international',
}

const noReason = new Set(['无审批备注'])
function reasonOf(reason: unknown): string {
  const { RejectInfo, RejectSubInfo } = objectOf(reason)
  const parts = [textOf(RejectInfo), textOf(RejectSubInfo)].map((part) => part.trim())
  return parts.filter((part, index) => part && !noReason.has(part) && parts.indexOf(part) === index).join(' ')
}

export const largestPage = 50
const mostPages = 200

/** All items of a list, a page after the other. */
async function readPages(ask: Ask, action: string, field: string): Promise<Fields[]> {
  const items: Fields[] = []
  for (let page = 1; page <= mostPages; page++) {
    const answer = await ask(action, { PageIndex: page, PageSize: largestPage })
    const read = listOf(answer[field])
    items.push(...read)
    if (read.length < largestPage || items.length >= (Number(answer.TotalCount) || Number.POSITIVE_INFINITY)) break
  }
  return items
}

const atOnce = 5

/** Runs a question for each, a few at a time. One that the service refuses has no answer, which is no reason to have none at all. */
async function forEach<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<Map<T, R>> {
  const answers = new Map<T, R>()
  const waiting = [...items]
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        answers.set(item, await ask(item))
      } catch (error) {
        if (!(error instanceof CallFailure) || error.code === 'EABORT') throw error
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return answers
}

const carriersIn = (details: Fields): Signature['carriers'] =>
  listOf(details.SignIspRegisterDetailList).map((detail) => ({
    carrier: textOf(detail.OperatorCode),
    state: entryOf(carrierStates, textOf(detail.RegisterStatus)) ?? 'unknown',
    reason: listOf(detail.RegisterStatusReasons)
      .flatMap(({ ReasonDescList }) => (Array.isArray(ReasonDescList) ? ReasonDescList.map(textOf) : []))
      .join(' '),
  }))

const signatureDetails = (ask: Ask, name: string) => ask('GetSmsSign', { SignName: name })

export async function readSignatures(ask: Ask, { detailed }: LookupOptions): Promise<Signature[]> {
  const items = await readPages(ask, 'QuerySmsSignList', 'SmsSignList')
  const read = items.map((item): Signature => {
    const state = reviewStateOf(item.AuditStatus)
    return { name: textOf(item.SignName), state, reason: reasonOf(item.Reason), carriers: [] }
  })
  const signatures = onceEach(read, ({ name }) => name)
  const detail = signatures.filter(({ name, state }) => (detailed ? detailed.includes(name) : state === 'approved'))
  const carriers = await forEach(
    detail.map(({ name }) => name),
    async (name) => carriersIn(await signatureDetails(ask, name)),
  )
  return signatures.map((signature) => ({ ...signature, carriers: carriers.get(signature.name) ?? [] }))
}

/** Variable to rule name; the service hands it over as JSON in a text. */
function rulesIn(details: Fields): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(textOf(details.VariableAttribute)))
  } catch {
    return {}
  }
}

export async function readTemplates(ask: Ask): Promise<ProviderTemplate[]> {
  const items = await readPages(ask, 'QuerySmsTemplateList', 'SmsTemplateList')
  const read = items.map((item): ProviderTemplate => {
    const text = textOf(item.TemplateContent)
    return {
      code: textOf(item.TemplateCode),
      name: textOf(item.TemplateName),
      text,
      state: reviewStateOf(item.AuditStatus),
      reason: reasonOf(item.Reason),
      type: entryOf(templateTypes, textOf(item.OuterTemplateType)) ?? 'other',
      variables: templateVariables(text).map((name) => ({ name })),
    }
  })
  return onceEach(read, ({ code }) => code)
}

/** Null where the answer is the code of what is absent. */
async function detailsOf<T>(answer: Promise<Fields>, absent: string, read: (details: Fields) => T): Promise<T | null> {
  try {
    return read(await answer)
  } catch (error) {
    if (error instanceof CallFailure && error.code === absent) return null
    throw error
  }
}

export const readCarriers = (ask: Ask, name: string): Promise<Signature['carriers'] | null> =>
  detailsOf(signatureDetails(ask, name), 'SignatureNotFound', carriersIn)

export const readRules = (ask: Ask, code: string): Promise<Record<string, string> | null> =>
  detailsOf(ask('GetSmsTemplate', { TemplateCode: code }), 'TemplateNotFound', (details) =>
    Object.fromEntries(
      Object.entries(rulesIn(details)).flatMap(([name, rule]) => (textOf(rule) ? [[name, textOf(rule)]] : [])),
    ),
  )
