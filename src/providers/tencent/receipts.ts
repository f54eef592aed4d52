/**
 * What Tencent Cloud says about messages afterwards, pushed or asked for. Every field may be missing, repeated or new; a
 * carrier's code is kept as it came.
 */
import type { OutcomeState, Receipt, SentMessage, Settlement } from '#channels/answers.ts'
import { normalisePhone } from '#channels/phone.ts'
import { entryOf } from '#channels/storable.ts'
import { CallFailure } from '../lines.ts'
import { chinaTime, type Fields, pushedItems, textOf } from '../reading.ts'
import type { Ask } from './account.ts'
import { idOf, listIn } from './tencent.ts'

export const receiptAnswer = {
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify({ result: 0, errmsg: 'OK' }),
}

/** A time in seconds since 1970; 0 stands for none. */
const secondsOf = (written: unknown): { at?: Date } =>
  typeof written === 'number' && written > 0 && written < 1e11 ? { at: new Date(written * 1000) } : {}

/** Of `report_status` and `ReportStatus`. */
const reported: Record<string, OutcomeState> = { SUCCESS: 'delivered', FAIL: 'failed' }

function receiptFrom(item: Fields): Receipt[] {
  const id = idOf(item.sid)
  const state = entryOf(reported, textOf(item.report_status))
  if (!id || !state) return []
  const receivedAt = chinaTime(item.user_receive_time)
  const number = `+${textOf(item.nationcode)}${textOf(item.mobile)}`
  return [
    {
      kind: 'outcome',
      providerMessageId: id,
      // Only where the service's support has switched it on.
      reference: textOf(item.ext),
      to: normalisePhone(number) ?? number,
      state,
      code: textOf(item.errmsg),
      detail: textOf(item.description).slice(0, 300),
      ...(receivedAt ? { at: receivedAt } : {}),
    },
  ]
}

/** The items of a push; undefined when it is no list of objects, nor one alone. */
export const receiptsFrom = (body: string): Receipt[] | undefined => pushedItems(body)?.flatMap(receiptFrom)

const absent: Settlement = { state: 'absent', code: '', detail: '' }
const pending: Settlement = { ...absent, state: 'pending' }

/** How far the service's clock and ours may be apart, and an attempt may have taken. In seconds, as all times here. */
const slack = 5 * 60
/** For so long the service keeps its records of sends; it keeps what carriers reported for longer. */
const kept = 72 * 3600
const largestPage = { records: 50, reports: 100 }
const mostRecords = 1000

/** Of `SendStatus`. */
const recorded: Record<string, Settlement['state']> = { '1': 'failed', '2': 'delivered', '3': 'pending', '4': 'failed' }

const fromRecord = (record: Fields): Settlement => ({
  state: entryOf(recorded, textOf(record.SendStatus)) ?? 'pending',
  code: textOf(record.StatusCode) || (textOf(record.SendStatus) === '1' ? textOf(record.RequestCode) : ''),
  detail: '',
  ...secondsOf(record.UserReceiveTime),
})

const fromReport = (report: Fields): Settlement => ({
  state: entryOf(reported, textOf(report.ReportStatus)) ?? 'pending',
  code: '',
  detail: textOf(report.Description).slice(0, 300),
  ...secondsOf(report.UserReceiveTime),
})

/** What was sent to a number of the application from a moment on. */
type SentTo = { PhoneNumber: string; SmsSdkAppId: string; BeginTime: number }

/** Newest first. */
async function recordsOf(ask: Ask, sentTo: SentTo): Promise<Fields[]> {
  const records: Fields[] = []
  while (records.length < mostRecords) {
    const page = { Limit: largestPage.records, Offset: records.length }
    const read = listIn(await ask('DescribeSendRecordList', { ...sentTo, ...page }), 'SendRecordSet')
    records.push(...read)
    if (read.length < largestPage.records) break
  }
  return records
}

/** What carriers have reported; nothing where the service does not tell, which leaves the records of sends. */
async function reportsOf(ask: Ask, sentTo: SentTo): Promise<Fields[]> {
  try {
    const answer = await ask('PullSmsSendStatusByPhoneNumber', { ...sentTo, Limit: largestPage.reports, Offset: 0 })
    return listIn(answer, 'PullSmsSendStatusSet')
  } catch (error) {
    if (error instanceof CallFailure && error.reach === 'answered') return []
    throw error
  }
}

/**
 * Looks a message up by its number and time: under the service's id where there is one. Without one it is known by our
 * reference, which the service hands back with a carrier's report where its support has switched that on; and where it has
 * no record of a send to the number at that time, it has not taken the message. Between several sends to one number nothing
 * else tells which was which, and nothing is guessed at.
 * @param now in seconds
 */
export async function settle(
  ask: Ask,
  appId: string,
  { to, sentAt, providerMessageId, reference }: SentMessage,
  now = Math.floor(Date.now() / 1000),
): Promise<Settlement> {
  const sent = Math.floor(sentAt.getTime() / 1000)
  const oldest = now - kept + 60
  if (sent + slack < oldest) return pending
  const sentTo = { PhoneNumber: to, SmsSdkAppId: appId, BeginTime: Math.max(sent - slack, oldest) }
  if (providerMessageId) {
    const record = (await recordsOf(ask, sentTo)).find(({ SerialNo }) => SerialNo === providerMessageId)
    return record ? fromRecord(record) : absent
  }
  const reports = await reportsOf(ask, sentTo)
  const own = reports.find(({ SessionContext }) => SessionContext === reference)
  if (own) return fromReport(own)
  const ofOthers = new Set(reports.filter((one) => textOf(one.SessionContext)).map(({ SerialNo }) => SerialNo))
  const records = await recordsOf(ask, sentTo)
  const isInQuestion = ({ SendTime, SerialNo, SendStatus }: Fields) =>
    !(typeof SendTime === 'number' && SendTime > sent + slack) && !ofOthers.has(SerialNo) && textOf(SendStatus) !== '1'
  // Where much was sent since, the oldest are not told.
  return records.length >= mostRecords || sentTo.BeginTime > sent - slack || records.some(isInQuestion)
    ? pending
    : absent
}
