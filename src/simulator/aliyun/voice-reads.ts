/** The calls that only read: what proves a key's right to read voice, numbers of one's own, and the review of recordings. */
import type { Approvals } from './approvals.ts'
import type { Action, Call } from './gateway.ts'
import { pageOf, readPage } from './paging.ts'
import { refusal } from './refusals.ts'
import type { ApprovalState } from './sms-seeds.ts'
import { callingNumbers } from './voice-seeds.ts'

const mostFiles = 10

/** Misspelt by the real service too. */
const auditState: Record<ApprovalState, string> = {
  in_review: 'AUDIT_STATE_INIT',
  approved: 'AUDIT_STATE_PASS',
  rejected: 'AUDIT_STATE_NOT_PASS',
  cancelled: 'AUDIT_SATE_CANCEL',
}

function listCallTasks({ parameters }: Call) {
  const { page, size } = readPage(parameters, { page: 'PageNumber', size: 'PageSize' })
  return { Code: '200', PageNumber: page, PageSize: size, Total: 0, Data: [] }
}

function queryNumbers({ parameters, key }: Call) {
  const page = readPage(parameters, { page: 'PageNo', size: 'PageSize' })
  const numbers = callingNumbers[key.account].map((number) => ({
    relatedNum: number,
    virtualNum: number,
    corpName: '星桥科技有限公司',
    specName: '语音通知',
    regionNameProvince: number.startsWith('021') ? '上海' : '浙江',
    regionNameCity: number.startsWith('021') ? '上海' : '杭州',
    createTime: '2026-01-05 09:10:11',
  }))
  const data = { data: pageOf(numbers, page), pageNo: page.page, pageSize: page.size, total: numbers.length }
  return { Code: '200', Data: JSON.stringify(data) }
}

function queryFiles(approvals: Approvals, { parameters, key }: Call) {
  const codes = (parameters.get('VoiceCodes') ?? '').split(',').filter(Boolean)
  if (codes.length > mostFiles) throw refusal('Query.Voice.File.Limit')
  const files = codes.flatMap((code) => approvals.voiceFile(key.account, code) ?? [])
  return {
    Data: files.map(({ code, state, reason }) => ({
      VoiceCode: code,
      AuditState: auditState[state],
      RejectInfo: reason,
    })),
  }
}

export const readingActions = (approvals: Approvals): Record<string, Action> => ({
  ListCallTask: { needs: [], answer: listCallTasks },
  QueryVirtualNumberRelation: { needs: [], answer: queryNumbers },
  QueryVoiceFileAuditInfo: { needs: ['VoiceCodes'], answer: (call) => queryFiles(approvals, call) },
})
