/** The calls that read signatures and templates. Each has its own vocabulary for the same states, as the real ones do. */
import type { Approvals } from './approvals.ts'
import type { Action, Call } from './gateway.ts'
import { carriers } from './numbers.ts'
import { pageOf, readPage } from './paging.ts'
import { refusal } from './refusals.ts'
import type { Approval, ApprovalState, Sign, SmsTemplate, TemplateType } from './sms-seeds.ts'
import { variablesIn } from './template-text.ts'

const stateNumber: Record<ApprovalState, number> = { in_review: 0, approved: 1, rejected: 2, cancelled: 10 }
const signAuditStatus: Record<ApprovalState, string> = {
  in_review: 'AUDIT_STATE_INIT',
  approved: 'AUDIT_STATE_PASS',
  rejected: 'AUDIT_STATE_NOT_PASS',
  cancelled: 'AUDIT_STATE_CANCEL',
}
/** Misspelt by the real service too. */
const templateAuditStatus: typeof signAuditStatus = { ...signAuditStatus, cancelled: 'AUDIT_SATE_CANCEL' }

/** What GetSmsTemplate, QuerySmsTemplate and `OuterTemplateType` say; in the list, `TemplateType` is another number. */
const outerType: Record<TemplateType, number> = {
  verification: 0,
  notice: 1,
  promotion: 2,
  international: 3,
  digital: 7,
}
const innerType: Record<TemplateType, number> = {
  verification: 2,
  notice: 0,
  promotion: 1,
  international: 6,
  digital: 7,
}

/** Sixteen digits: more than some JSON readers keep as a number. */
const firstQualification = 2_000_009_500_000_001
const firstLetter = 900_001
const noReason = '无审批备注'

const dayOf = (created: string): string => created.slice(0, 10)
const auditedAt = ({ state }: Approval, created: string): string =>
  state === 'in_review' ? '' : `${dayOf(created)} 11:00:00`
const orderId = (created: string): string => `2004${created.replace(/\D/g, '').slice(0, 9)}`
const listReason = ({ state, reason }: Approval, created: string) => ({
  RejectDate: state === 'rejected' ? auditedAt({ state, reason }, created) : '',
  RejectInfo: reason,
  RejectSubInfo: '',
})

/** Failed as soon as one carrier failed, expired as soon as one expired; the real field is deprecated. */
function registerResult({ carriers: registered }: Sign): number {
  const statuses = carriers.map((carrier) => registered[carrier].status)
  if (statuses.includes(0)) return 0
  if (statuses.includes(2)) return 2
  return statuses.every((status) => status === 3) ? 1 : -1
}

const registrationDetails = (sign: Sign) =>
  carriers.map((carrier) => {
    const { status, reason } = sign.carriers[carrier]
    return {
      OperatorCode: carrier,
      RegisterStatus: status,
      OperatorCompleteTime: status === 3 ? `${dayOf(sign.created)} 18:00:00` : '',
      RegisterStatusReasons: reason ? [{ ReasonCode: 'X1', ReasonDescList: [reason] }] : [],
    }
  })

const signDetails = (sign: Sign) => ({
  SignName: sign.name,
  SignCode: `SIGN_${orderId(sign.created)}_${Date.parse(`${sign.created.replace(' ', 'T')}+08:00`)}_ab12`,
  SignStatus: stateNumber[sign.state],
  SignTag: '2',
  CreateDate: sign.created,
  OrderId: orderId(sign.created),
  QualificationId: firstQualification,
  ApplyScene: sign.scene === 'verification' ? '验证码' : '系统通知',
  Remark: '',
  SignUsage: '',
  ThirdParty: false,
  AuditInfo: { RejectInfo: sign.reason, AuditDate: auditedAt(sign, sign.created) },
  FileUrlList: [],
  AuthorizationLetterId: firstLetter,
  AuthorizationLetterAuditPass: true,
  AppIcpRecordId: 0,
  TrademarkId: 0,
  RegisterResult: registerResult(sign),
  SignIspRegisterDetailList: registrationDetails(sign),
})

const signRow = (sign: Sign) => ({
  SignName: sign.name,
  AuditStatus: signAuditStatus[sign.state],
  BusinessType: sign.scene === 'verification' ? '验证码类型' : '通用类型',
  CreateDate: sign.created,
  OrderId: orderId(sign.created),
  AppIcpRecordId: 0,
  AuthorizationLetterId: firstLetter,
  TrademarkId: 0,
  authorizationLetterAuditPass: true,
  Reason: listReason(sign, sign.created),
})

/** Rules of values that come up here; `characterWithNumber2` is one of codes. A variable of none of them may say anything short. */
const rules: Readonly<Record<string, string>> = { ttl: 'verifyTime', time: 'time' }
const codeRule = ({ type }: SmsTemplate): string =>
  type === 'international' ? 'characterWithNumber2' : 'numberCaptcha'

/** JSON text: variable name to rule name. */
const variableAttribute = (template: SmsTemplate): string =>
  JSON.stringify(
    Object.fromEntries(
      variablesIn(template.content).map((name) => [
        name,
        name === 'code' ? codeRule(template) : (rules[name] ?? 'others'),
      ]),
    ),
  )

const templateDetails = (template: SmsTemplate) => ({
  TemplateCode: template.code,
  TemplateName: template.name,
  TemplateContent: template.content,
  TemplateStatus: String(stateNumber[template.state]),
  TemplateType: String(outerType[template.type]),
  TemplateTag: 2,
  IntlType: template.type === 'international' ? 2 : 0,
  RelatedSignName: template.sign,
  ApplyScene: template.name,
  Remark: '',
  OrderId: orderId(template.created),
  CreateDate: template.created,
  VariableAttribute: variableAttribute(template),
  AuditInfo: { AuditDate: auditedAt(template, template.created), RejectInfo: template.reason },
  FileUrlList: { FileUrl: [] },
  MoreDataFileUrlList: { MoreDataFileUrl: [] },
  SignList: { SignList: template.sign ? [template.sign] : [] },
  VendorAuditStatus: {},
})

const templateRow = (template: SmsTemplate) => ({
  TemplateCode: template.code,
  TemplateName: template.name,
  TemplateContent: template.content,
  AuditStatus: templateAuditStatus[template.state],
  OuterTemplateType: outerType[template.type],
  TemplateType: innerType[template.type],
  CreateDate: template.created,
  OrderId: orderId(template.created),
  SignatureName: template.sign,
  TrafficDriving: '',
  Reason: listReason(template, template.created),
})

const byIndex = { page: 'PageIndex', size: 'PageSize' }

/** The asked page of a list, under the list's own name. */
function listed<T>({ parameters }: Call, name: string, list: readonly T[], row: (entry: T) => unknown) {
  const page = readPage(parameters, byIndex)
  return {
    TotalCount: list.length,
    CurrentPage: page.page,
    PageSize: page.size,
    [name]: pageOf(list, page).map(row),
  }
}

const found = <T>(entry: T | undefined, code: string): T => {
  if (!entry) throw refusal(code)
  return entry
}

/** The blank before the date is the real service's. */
const oldSign = ({ name, state, reason, created }: Sign) => ({
  SignName: name,
  SignStatus: stateNumber[state],
  Reason: reason,
  CreateDate: ` ${created}`,
})

const oldTemplate = (template: SmsTemplate) => ({
  TemplateCode: template.code,
  TemplateName: template.name,
  TemplateContent: template.content,
  TemplateStatus: stateNumber[template.state],
  TemplateType: outerType[template.type],
  Reason: template.reason || noReason,
  CreateDate: template.created,
})

export function lookupActions(approvals: Approvals): Record<string, Action> {
  const signOf = ({ key, parameters }: Call) => approvals.sign(key.account, parameters.get('SignName') ?? '')
  const templateOf = ({ key, parameters }: Call) =>
    approvals.template(key.account, parameters.get('TemplateCode') ?? '')
  return {
    GetSmsSign: { needs: ['SignName'], answer: (call) => signDetails(found(signOf(call), 'SignatureNotFound')) },
    QuerySmsSign: { needs: ['SignName'], answer: (call) => oldSign(found(signOf(call), 'isv.SMS_SIGNATURE_ILLEGAL')) },
    QuerySmsSignList: {
      needs: [],
      postOnly: true,
      answer: (call) => listed(call, 'SmsSignList', approvals.signs(call.key.account), signRow),
    },
    GetSmsTemplate: {
      needs: ['TemplateCode'],
      answer: (call) => templateDetails(found(templateOf(call), 'TemplateNotFound')),
    },
    QuerySmsTemplate: {
      needs: ['TemplateCode'],
      answer: (call) => oldTemplate(found(templateOf(call), 'isv.SMS_TEMPLATE_ILLEGAL')),
    },
    QuerySmsTemplateList: {
      needs: [],
      postOnly: true,
      answer: (call) => listed(call, 'SmsTemplateList', approvals.templates(call.key.account), templateRow),
    },
  }
}
