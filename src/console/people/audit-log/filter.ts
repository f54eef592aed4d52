/** What the audit log is asked for, as it stands in the URL; what makes no sense counts as not there. */
import { isCursor, type SearchParams, single } from '#console/ui/search-params.ts'

/** What entries are about: keys of `Audit.subject_<subject>`. */
export const subjects = [
  'account',
  'template',
  'scenario',
  'app',
  'api_key',
  'webhook',
  'incident',
  'message',
  'member',
  'invitation',
  'retention',
  'recipient',
] as const
export type Subject = (typeof subjects)[number]

export function readAuditFilter(params: SearchParams): { subject?: Subject; cursor?: string } {
  const subject = subjects.find((each) => each === single(params.subject))
  const cursor = single(params.cursor)
  return { ...(subject && { subject }), ...(cursor && isCursor(cursor) && { cursor }) }
}

export function auditAddress(subject: Subject | undefined, cursor: string): string {
  return `/personal-center/audit-log?${new URLSearchParams({ ...(subject && { subject }), cursor })}`
}
