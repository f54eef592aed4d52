/** The log as a CSV file: what a spreadsheet makes of it, who gets it, and that it goes no faster than it is read. */
import { v7 } from 'uuid'
import { exportedMessages } from '#api/message-export.ts'
import { member } from '#db/schema/index.ts'
import { exportLimit } from '#domain/sending/log/export.ts'
import { setParts } from '#platform/parts.ts'
import en from '../../messages/en.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }
import { contextOf, origin, signedIn } from '../support/api-stage.ts'
import { test as atDoor, type Door, expect } from '../support/front-door.ts'
import { inLog, type Row } from '../support/in-log.ts'
import type { Org } from '../support/make.ts'

type Get = (query?: string, headers?: Record<string, string>) => Promise<Response>

const test = atDoor.extend<{ org: Org; get: Get }>({
  org: async ({ stage }, use) => use(await stage.organization()),
  /** Asks as a viewer of the organization. */
  get: async ({ stage, org, parts, door }, use) => {
    const person = { name: 'Vera', email: `vera-${v7()}@example.com`, password: 'correct horse battery' }
    const userId = (await parts.signIn.addPerson(person)) ?? ''
    await stage.db
      .insert(member)
      .values({ organizationId: org.id, userId, role: 'viewer', createdAt: stage.clock.now() })
    const headers = { 'content-type': 'application/json', origin, 'x-signet-client-ip': '192.0.2.7' }
    const answer = await parts.signIn.handler(
      new Request(`${origin}/api/auth/sign-in/email`, { method: 'POST', body: JSON.stringify(person), headers }),
    )
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    await use((query = '', more = {}) => get(door, query, { cookie, ...more }))
  },
})

const get = (door: Door, query: string, headers: Record<string, string>) =>
  fetch(`${door.url}/api/export/messages${query}`, { headers })

const linesOf = async (response: Response) => (await response.text()).trimEnd().split('\r\n')

test('the file has the rows of the list, in words of the reader, with the moments in their zone', async ({
  stage,
  org,
  get,
}) => {
  const app = await stage.app(org.as('owner'), { name: '商城' })
  const at = new Date('2026-07-01T18:30:00.250Z')
  const ids = await inLog(stage, org, [
    { at, appId: app.id, recipient: 'ann.lee@example.com' },
    { at, channel: 'sms', recipient: '+8613800000001', status: 'failed', errorCode: 'isv.X', kind: 'test' },
    { at, status: 'queued', waiting: true },
  ])
  const answer = await get('?zone=Asia/Shanghai&language=zh-CN')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="messages-\d{4}-\d\d-\d\d\.csv"$/)
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = bytes.subarray(3).toString().split('\r\n')
  expect(lines).toEqual([
    '时间,应用,类型,使用场景,渠道,接收人,状态,返回码,消息 ID',
    `2026-07-02T02:30:00.252+08:00,,,login,邮件,a•••@example.com,等待处理,,${ids[2]}`,
    `2026-07-02T02:30:00.251+08:00,,测试密钥,login,短信,'+86138••••0001,失败,isv.X,${ids[1]}`,
    `2026-07-02T02:30:00.250+08:00,商城,,login,邮件,a•••@example.com,已发送,,${ids[0]}`,
    '',
  ])
  const winter = await inLog(stage, org, [{ at: new Date('2026-12-01T00:00:00Z') }])
  const [header, first = '', , , last] = await linesOf(await get('?zone=America/New_York'))
  expect(header).toContain('Time,App,Kind,Scenario,Channel,Recipient,Status,Code,Message id')
  expect(first).toContain(`2026-11-30T19:00:00.000-05:00,,,login,Email,a•••@example.com,Sent,,${winter[0]}`)
  expect(last).toContain('2026-07-01T14:30:00.250-04:00')
  expect(await linesOf(await get('?zone=Nowhere/At&language=tlh&status=delivered'))).toHaveLength(1)
})

test('a filter of the list is one of the file, and one that makes no sense is refused', async ({ stage, org, get }) => {
  const ids = await inLog(stage, org, [
    { status: 'failed' },
    { recipient: 'bob@example.com' },
    { status: 'queued', waiting: true },
    { channel: 'sms' },
  ])
  const found = async (query: string) =>
    (await linesOf(await get(query))).slice(1).map((line) => ids.indexOf(line.split(',').at(-1) ?? ''))
  expect(await found('?problem=true')).toEqual([0])
  expect(await found('?waiting=true')).toEqual([2])
  expect(await found('?recipient=BOB@example.com')).toEqual([1])
  expect(await found('?channel=sms&status=sent')).toEqual([3])
  for (const query of ['?status=lost', '?appId=7', '?problem=no', '?from=yesterday']) {
    const answer = await get(query)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { data: { domain: { code: 'invalid_request' } } } })
  }
})

test('a cell that a spreadsheet would take for a formula is text, and none breaks out of its place', async ({
  stage,
  org,
  get,
}) => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://evil.example","a, b")', 'a"b,c']
  await inLog(
    stage,
    org,
    hostile.map((errorCode): Row => ({ errorCode, scenario: '=cmd', status: 'failed' })),
  )
  const text = await (await get()).text()
  const rows = text.split(/\r\n(?=2|$)/).slice(1, -1)
  expect(rows).toHaveLength(hostile.length)
  const codes = rows.map((row) => /,Failed,(.*),[^,]+$/s.exec(row)?.[1]).reverse()
  expect(codes).toEqual([
    ...["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", '"\'\r=1"'],
    ...['"\'=HYPERLINK(""http://evil.example"",""a, b"")"', '"a""b,c"'],
  ])
  expect(text).not.toMatch(/(^|,|"|\n)[=+\-@\t\r](?!\n)/)
})

test('strangers, pages of other sites and whoever asks too often get a refusal and no file', async ({
  door,
  org,
  stage,
  get: asViewer,
}) => {
  await inLog(stage, org, [{}])
  const stranger = await get(door, '', {})
  expect(stranger.status).toBe(401)
  const foreign = await asViewer('', { 'sec-fetch-site': 'cross-site' })
  expect(foreign.status).toBe(403)
  expect(await foreign.json()).toMatchObject({ error: { data: { domain: { data: { reason: 'other_site' } } } } })
  const other = await stage.organization()
  const [theirs = ''] = await inLog(stage, other, [{}])
  expect(await (await asViewer('?recipient=ann@example.com')).text()).not.toContain(theirs)
  for (let n = 0; n < 9; n += 1) expect((await asViewer()).status).toBe(200)
  const refused = await asViewer()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ error: { data: { domain: { code: 'rate_limited' } } } })
})

test('no more is read from the database than the reader takes, and nothing once it is gone', async ({
  stage,
  org,
  parts,
}) => {
  await inLog(
    stage,
    org,
    Array.from({ length: 2000 }, (): Row => ({})),
  )
  const explained: string[] = []
  setParts({
    ...parts,
    contextFor: (actor) => {
      const ctx = parts.contextFor(actor)
      const explain = (channel: string) => {
        explained.push(channel)
        return null
      }
      return { ...ctx, catalog: { ...ctx.catalog, explain } }
    },
  })
  const { body } = await exportedMessages(contextOf(await signedIn(stage, org, 'viewer')), {})
  const reader = body?.getReader()
  await reader?.read()
  expect(explained).toHaveLength(0)
  await reader?.read()
  expect(explained).toHaveLength(500)
  await reader?.cancel()
  expect(explained).toHaveLength(500)
})

test('the words name the number of rows at which an export ends', () => {
  for (const words of [en, zh]) expect(words.Log.exportLimit).toContain(exportLimit.toLocaleString('en'))
})
