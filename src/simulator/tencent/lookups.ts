/** The calls that read signatures, templates and the figures of the application. */
import type { Keys } from './access.ts'
import type { Approvals } from './approvals.ts'
import { type Action, type Parameters, textIn } from './gateway.ts'
import { refusal } from './refusals.ts'
import { states } from './seeds.ts'

/** For lists: how many, from which on. */
function pageOf<T>(list: readonly T[], parameters: Parameters, usual: number): T[] {
  const [limit, offset] = [Number(parameters.Limit ?? usual), Number(parameters.Offset ?? 0)]
  if (!(limit >= 0 && limit <= 100 && offset >= 0)) throw refusal('InvalidParameter.InvalidParameters', 'Limit, Offset')
  return list.slice(offset, offset + limit)
}

const isAbroad = (parameters: Parameters): boolean => Number(parameters.International) === 1
/** 2026-01-01 in Beijing, in seconds. */
const created = 1_767_196_800

const namedIn = (parameters: Parameters, name: string): string[] => {
  const given = parameters[name]
  return Array.isArray(given) ? given.map(String) : []
}

export const lookupActions = (approvals: Approvals, { access }: Keys): Record<string, Action> => ({
  DescribeSmsSignList: {
    needs: ['International'],
    answer({ parameters }) {
      const ids = namedIn(parameters, 'SignIdSet')
      const list = approvals.signs().filter(({ isInternational }) => isInternational === isAbroad(parameters))
      const found = ids.length > 0 ? list.filter(({ id }) => ids.includes(String(id))) : pageOf(list, parameters, 10)
      return {
        DescribeSignListStatusSet: found.map(({ id, name, isInternational, state, reason }) => ({
          ...{ SignId: id, International: isInternational ? 1 : 0, StatusCode: states[state], ReviewReply: reason },
          ...{ SignName: name, CreateTime: created, QualificationId: isInternational ? 0 : 3001 },
          ...{ QualificationName: isInternational ? '' : '星桥科技有限公司', QualificationStatusCode: 1 },
        })),
      }
    },
  },
  DescribeSmsTemplateList: {
    needs: ['International'],
    answer({ parameters, key }) {
      const ids = namedIn(parameters, 'TemplateIdSet')
      if (ids.length === 0 && !key.isMain) throw refusal('FailedOperation.ProhibitSubAccountUse')
      const list = approvals
        .templates()
        .filter(({ international }) => international === 3 || (international === 1) === isAbroad(parameters))
      const found = ids.length > 0 ? list.filter(({ id }) => ids.includes(id)) : pageOf(list, parameters, 0)
      return {
        DescribeTemplateStatusSet: found.map(({ id, name, content, international, state, reason }) => ({
          ...{ TemplateId: Number(id), International: international, StatusCode: states[state] },
          ...{ ReviewReply: reason, TemplateName: name, CreateTime: created, TemplateContent: content },
        })),
      }
    },
  },
  SendStatusStatistics: {
    needs: ['BeginTime', 'EndTime', 'SmsSdkAppId', 'Limit', 'Offset'],
    answer({ parameters }) {
      if (textIn(parameters, 'SmsSdkAppId') !== access.sdkAppId) {
        throw refusal('UnauthorizedOperation.SmsSdkAppIdVerifyFail')
      }
      return { SendStatusStatistics: { FeeCount: 0, RequestCount: 0, RequestSuccessCount: 0 } }
    },
  },
})
