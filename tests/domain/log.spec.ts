/** The delivery log: filters, pages, masks by role, and sending again. */
import { eq } from 'drizzle-orm'
import { message, roles } from '#db/schema/index.ts'
import { removeApp } from '#domain/apps/apps.ts'
import { listAudit } from '#domain/base/audit.ts'
import { messageContent } from '#domain/sending/log/content.ts'
import { type ExportBatch, exportMessages } from '#domain/sending/log/export.ts'
import { countNewMessages, listMessages } from '#domain/sending/log/log.ts'
import { maskedIn, maskRecipient } from '#domain/sending/log/masks.ts'
import { getMessage, resendMessage, revealRecipient } from '#domain/sending/log/message.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { refusal } from '../support/fake-provider.ts'
import { inLog, type Row } from '../support/in-log.ts'
import { expect, test } from '../support/make.ts'
import { abroad, mainland, phones } from '../support/phones.ts'

test('every filter finds what it names and nothing else', async ({ stage }) => {
  const org = await stage.organization()
  const app = await stage.app(org.as('owner'))
  const noon = new Date('2026-11-01T12:00:00Z')
  const statuses = ['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'expired'] as const
  const ids = await inLog(stage, org, [
    ...statuses.map((status): Row => ({ status })),
    { channel: 'sms', recipient: '+8613800000001' },
    { scenario: 'device_alarm' },
    { appId: app.id },
    { recipient: 'Bob@example.com' },
    { at: noon },
    { at: new Date(noon.getTime() + 60_000) },
  ])
  const found = async (filter: Parameters<typeof listMessages>[1]) =>
    (await listMessages(org.as('viewer'), filter)).rows.map(({ id }) => ids.indexOf(id)).sort((a, b) => a - b)
  for (const [n, status] of statuses.entries()) {
    if (status !== 'sent') expect(await found({ status })).toEqual([n])
  }
  expect(await found({ channel: 'sms' })).toEqual([7])
  expect(await found({ scenario: 'device_alarm' })).toEqual([8])
  expect(await found({ appId: app.id })).toEqual([9])
  for (const recipient of ['Bob@example.com', 'Bob@EXAMPLE.com']) expect(await found({ recipient })).toEqual([10])
  expect(await found({ recipient: 'Bob@EXAMPLE.com', channel: 'email' })).toEqual([10])
  expect(await found({ recipient: 'Bob@EXAMPLE.com', channel: 'voice' })).toEqual([])
  expect(await found({ recipient: 'example.com' })).toEqual([])
  const [from, to] = ['2026-11-01T12:00:00Z', '2026-11-01T20:00:00.011+08:00']
  expect(await found({ from, to })).toEqual([11])
  expect(await found({ from, to: '2026-11-01T12:02:00Z' })).toEqual([11, 12])
  expect(await found({ to: '2026-11-01T12:00:00.010Z' })).toEqual([])
  expect(await found({ status: 'failed', channel: 'sms' })).toEqual([])
})

test('130 messages are paged in both directions under a filter', async ({ stage }) => {
  const org = await stage.organization()
  const rows = Array.from({ length: 260 }, (_, n): Row => ({ status: n % 2 === 0 ? 'failed' : 'sent' }))
  const expected = (await inLog(stage, org, rows)).filter((_, n) => n % 2 === 0).reverse()
  const read = (cursor?: string) => listMessages(org.as('viewer'), { status: 'failed', ...(cursor ? { cursor } : {}) })
  const first = await read()
  const second = await read(first.older ?? '')
  const third = await read(second.older ?? '')
  const idsOf = (...pages: (typeof first)[]) => pages.flatMap((page) => page.rows.map(({ id }) => id))
  expect(idsOf(first, second, third)).toEqual(expected)
  expect([first.newer, third.older]).toEqual([null, null])
  const back = await read(third.newer ?? '')
  const top = await read(back.newer ?? '')
  expect([idsOf(back), idsOf(top)]).toEqual([idsOf(second), idsOf(first)])
  expect(top.newer).toBeNull()
})

test('a page has as many messages as asked for, and begins at the other end where asked', async ({ stage }) => {
  const org = await stage.organization()
  const ids = await inLog(
    stage,
    org,
    Array.from({ length: 60 }, (): Row => ({})),
  )
  const read = async (cursor?: string) => {
    const { rows, ...edges } = await listMessages(org.as('viewer'), {
      ...{ size: 25, oldestFirst: true },
      ...(cursor ? { cursor } : {}),
    })
    return { ids: rows.map(({ id }) => id), ...edges }
  }
  const first = await read()
  const second = await read(first.newer ?? '')
  const third = await read(second.newer ?? '')
  expect([first.ids, second.ids, third.ids]).toEqual([ids.slice(0, 25), ids.slice(25, 50), ids.slice(50)])
  expect([first.older, third.newer]).toEqual([null, null])
  const back = await read(third.older ?? '')
  const start = await read(back.older ?? '')
  expect([back.ids, start.ids]).toEqual([second.ids, first.ids])
  expect(start.older).toBeNull()
  expect((await listMessages(org.as('viewer'), { size: 100 })).rows).toHaveLength(60)
})

test('what is new is counted from the message on the page on, within its filters, up to a hundred', async ({
  stage,
}) => {
  const [org, other] = [await stage.organization(), await stage.organization()]
  const [seen] = await inLog(stage, org, [{}])
  const newer = async (filter: object = {}) =>
    countNewMessages(org.as('viewer'), { ...filter, ...(seen ? { after: seen } : {}) })
  expect(await newer()).toBe(0)
  await inLog(stage, other, [{}, {}])
  const at = new Date(Date.now() + 1000)
  await inLog(stage, org, [
    { at, status: 'failed', recipient: 'Bob@example.com' },
    { at, channel: 'sms' },
  ])
  expect(await newer()).toBe(2)
  expect(await newer({ status: 'failed' })).toBe(1)
  expect(await newer({ recipient: 'bob@EXAMPLE.com' })).toBe(1)
  expect(await newer({ channel: 'voice' })).toBe(0)
  expect(await newer({ to: new Date(at.getTime() - 500).toISOString() })).toBe(0)
  expect(await countNewMessages(org.as('viewer'), {})).toBe(3)
  const many = Array.from({ length: 150 }, (): Row => ({ at }))
  await inLog(stage, org, many)
  expect(await newer()).toBe(100)
})

test('a message is under way until nothing more happens to it by itself', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  expect(await getMessage(owner, id)).toMatchObject({ isUnderWay: true })
  await stage.deliver()
  expect(await getMessage(owner, id)).toMatchObject({ status: 'sent', isUnderWay: false })
  const { org, account } = await phones(stage)
  const row = { channel: 'sms', recipient: '+8613800138000', accountId: await account('sms', 'Main') }
  const [fresh = '', old = '', delivered = ''] = await inLog(stage, org, [
    { ...row, at: stage.clock.now() },
    { ...row, at: new Date(stage.clock.now().getTime() - 7_200_000) },
    { ...row, at: stage.clock.now(), status: 'delivered' },
  ])
  const isUnderWay = async (id: string) => (await getMessage(org.as('viewer'), id)).isUnderWay
  expect(await isUnderWay(fresh)).toBe(true)
  expect(await isUnderWay(old)).toBe(false)
  expect(await isUnderWay(delivered)).toBe(false)
})

async function allOf(batches: AsyncGenerator<ExportBatch>): Promise<ExportBatch[]> {
  const read: ExportBatch[] = []
  for await (const batch of batches) read.push(batch)
  return read
}

test('an export is every message that matches, newest first and masked, and is recorded with its filters', async ({
  stage,
}) => {
  const [org, other] = [await stage.organization(), await stage.organization()]
  await inLog(stage, other, [{ status: 'failed' }])
  const rows = Array.from({ length: 1100 }, (_, n): Row => ({ status: n < 1000 ? 'failed' : 'sent' }))
  const expected = (await inLog(stage, org, rows)).slice(0, 1000).reverse()
  for (const role of roles) {
    const batches = await allOf(await exportMessages(org.as(role), { status: 'failed', recipient: 'ANN@example.com' }))
    const exported = batches.flatMap((batch) => batch.rows)
    expect(exported.map(({ id }) => id)).toEqual(expected)
    expect(new Set(exported.map(({ recipient }) => recipient))).toEqual(new Set(['a•••@example.com']))
    expect(batches.map(({ isCut }) => isCut)).toEqual([false, false])
  }
  const { rows: entries } = await listAudit(org.as('owner'), { subject: 'message' })
  expect(entries).toHaveLength(roles.length)
  expect(entries[0]).toMatchObject({ action: 'exported', changes: { status: 'failed', recipient: 'A•••@example.com' } })
})

test('an export ends at its limit and says so, and a log that just fits is whole', async ({ stage }) => {
  const org = await stage.organization()
  const rows = Array.from({ length: 1000 }, (): Row => ({}))
  await inLog(stage, org, rows)
  const whole = await allOf(await exportMessages(org.as('viewer'), {}, rows.length))
  await inLog(stage, org, [{}])
  const cut = await allOf(await exportMessages(org.as('viewer'), {}, rows.length))
  expect([whole, cut].map((batches) => batches.map((batch) => [batch.rows.length, batch.isCut]))).toEqual([
    [
      [500, false],
      [500, false],
    ],
    [
      [500, false],
      [500, true],
    ],
  ])
})

test('exports are limited for an organization, and one that is broken off reads no further', async ({ stage }) => {
  const [org, other] = [await stage.organization(), await stage.organization()]
  await inLog(
    stage,
    org,
    Array.from({ length: 600 }, (): Row => ({})),
  )
  for (let n = 0; n < 10; n += 1) await (await exportMessages(org.as('viewer'), {})).return(undefined)
  await expect(exportMessages(org.as('owner'), {})).rejects.toMatchObject({ code: 'rate_limited' })
  expect(await allOf(await exportMessages(other.as('owner'), {}))).toEqual([{ rows: [], isCut: false }])
})

test('recipients are masked for every role, in the list, in the message and in its content', async ({ stage }) => {
  const { org, asApp } = await stage.ready()
  const { id } = await stage.send(asApp, { to: 'ann.lee@example.com' })
  await stage.deliver()
  for (const role of roles) {
    const ctx = org.as(role)
    const seen = [await listMessages(ctx, {}), await getMessage(ctx, id), await messageContent(ctx, id)]
    expect(JSON.stringify(seen)).not.toContain('ann.lee')
    expect(JSON.stringify(seen)).toContain('a•••@example.com')
  }
})

test('a recipient is masked in what the App wrote, in whatever letter case, in links and in its reference', async ({
  stage,
}) => {
  const { org, asApp } = await stage.ready()
  const variables = {
    device_name: 'of ANN.LEE+x@Example.com',
    alarm_content: 'https://shop.example/?to=Ann.Lee%2Bx%40example.com',
    alarm_level: 'ann.lee+x%40EXAMPLE.com',
  }
  const reference = 'order of ann.LEE+X@example.com'
  const { id } = await stage.sendAlarm(asApp, { to: 'Ann.Lee+x@example.com', variables, reference })
  for (const role of roles) {
    const seen = JSON.stringify([await getMessage(org.as(role), id), await messageContent(org.as(role), id)])
    expect(seen).not.toMatch(/ann\.lee/i)
    expect(seen.match(/A•••@example\.com/g)).toHaveLength(7)
  }
  expect(await getMessage(asApp, id)).toMatchObject({ reference, recipient: 'Ann.Lee+x@example.com' })
})

test('a mask covers an address however it is written, and nothing else', () => {
  const mask = 'a•••@xn--bcher-kva.example'
  for (const written of ['a.b+c@xn--bcher-kva.example', 'A.B+C@BÜCHER.example', 'a.b%2bc%40b%C3%BCcher.example']) {
    expect(maskedIn(`<${written}>`, 'a.b+c@xn--bcher-kva.example')).toBe(`<${mask}>`)
  }
  expect(maskedIn('axb+c@xn--bcher-kva.example', 'a.b+c@xn--bcher-kva.example')).toBe('axb+c@xn--bcher-kva.example')
  expect(maskedIn('to oAbC(1)$&xYz0 at once', 'oAbC(1)$&xYz0')).toBe('to oAbC••••xYz0 at once')
})

test('a mask leaves enough to recognise and not enough to use', () => {
  expect(maskRecipient('ann@example.com')).toBe('a•••@example.com')
  expect(maskRecipient('+8613800000001')).toBe('+86138••••0001')
  expect(maskRecipient('oAbCdEfGhIjKlMnOpQrStUvWxYz0')).toBe('oAbC••••xYz0')
  expect(maskRecipient('1234567')).toBe('12••••')
})

test('the whole address is for owners and admins, and looking at it is recorded without it', async ({ stage }) => {
  const { org, asApp } = await stage.ready()
  const { id } = await stage.send(asApp, { to: 'ann.lee@example.com' })
  for (const role of ['author', 'viewer'] as const) {
    await expect(revealRecipient(org.as(role), id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await getMessage(org.as(role), id)).toMatchObject({ canReveal: false, canResend: false })
  }
  expect(await revealRecipient(org.as('admin'), id)).toBe('ann.lee@example.com')
  const { rows } = await listAudit(org.as('owner'), { subject: 'message' })
  expect(rows).toMatchObject([
    { action: 'revealed', actorName: 'Acme admin', subjectId: id, subjectName: 'a•••@example.com' },
  ])
  expect(rows).toHaveLength(1)
})

test('the content of a message shows dots where its code stood', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.send(asApp, { variables: { code: '80417265' } })
  const before = JSON.stringify(await messageContent(owner, id))
  await stage.deliver()
  const after = JSON.stringify(await messageContent(owner, id))
  for (const seen of [before, after]) {
    expect(seen).toContain('••••••')
    expect(seen).not.toContain('80417265')
  }
})

test('a message whose template is gone has no content to show, and still its time line', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  await stage.deliver()
  await resetTemplate(owner, { channel: 'email', scenario: 'login', appId: null })
  expect(await messageContent(owner, id)).toBeNull()
  expect((await getMessage(owner, id)).events).toHaveLength(3)
})

test('the content is what this recipient gets, and none where the template has nothing for such a recipient', async ({
  stage,
}) => {
  const { org, owner, account, template } = await phones(stage)
  const accountId = await account('sms', 'Main')
  const both = await template({ accountId, content: { mainland, international: abroad } })
  const one = await template({ accountId, scenario: 'registration', content: { mainland } })
  const row = { channel: 'sms', templateVersion: 1 }
  const foreign = { ...row, recipient: '+85291234567' }
  const [inside, outside, nobody] = await inLog(stage, org, [
    { ...row, templateId: both.id, recipient: '+8613800138000', variables: { account: '138-0013-8000' } },
    { ...foreign, templateId: both.id },
    { ...foreign, templateId: one.id, scenario: 'registration' },
  ])
  expect(await messageContent(owner, inside ?? '')).toMatchObject({
    text: '【Acme】Your code is ••••••, +86138••••8000.',
    templateCode: 'SMS_1001',
  })
  expect(await messageContent(owner, outside ?? '')).toMatchObject({ text: '•••••• is your code.' })
  expect(await messageContent(owner, nobody ?? '')).toBeNull()
})

test('an App reads its own messages and no others', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const other = await stage.key(owner, (await stage.app(owner)).id)
  const mine = await stage.send(asApp)
  const theirs = await stage.send(other.asApp)
  expect((await listMessages(asApp, {})).rows.map(({ id }) => id)).toEqual([mine.id])
  const { app: ofTheirs } = { app: other.actor.appId }
  expect((await listMessages(asApp, { appId: ofTheirs })).rows.map(({ id }) => id)).toEqual([mine.id])
  expect(await getMessage(asApp, mine.id)).toMatchObject({ id: mine.id, app: { key: app.key } })
  await expect(getMessage(asApp, theirs.id)).rejects.toMatchObject({ code: 'not_found' })
})

test('messages of a deleted App stay in the log without its name', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  await removeApp(owner, app.id)
  expect((await listMessages(owner, {})).rows).toMatchObject([{ id, app: null }])
})

test('an alarm that failed is sent again as if it were new, and that is recorded', async ({ stage }) => {
  const { org, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.failNext(refusal('reject'))
  await stage.deliver()
  expect(await getMessage(org.as('admin'), id)).toMatchObject({ status: 'failed', canResend: true })
  await resendMessage(org.as('admin'), id)
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', problem: false, attempt: 0 })
  await stage.deliver()
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'sent', attempt: 1 })
  expect(stored.line).toEqual(['accepted', 'sending', 'failed', 'resent', 'sending', 'sent'])
  const { rows } = await listAudit(org.as('owner'), { subject: 'message' })
  expect(rows).toMatchObject([{ action: 'resent', actorName: 'Acme admin', subjectId: id }])
})

test('a message is sent again once, however often and at once it is asked for', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.failNext(refusal('reject'))
  await stage.deliver()
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => resendMessage(owner, id)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await stage.deliver()
  expect(stage.provider.accepted).toEqual([id])
})

test('what has not failed, a code, and a test send are not sent again', async ({ stage }) => {
  const { org, owner, asApp } = await stage.ready()
  const sent = await stage.sendAlarm(asApp)
  const code = await stage.send(asApp, { to: 'nobody@example.com' })
  const [tried] = await inLog(stage, org, [{ kind: 'test_send', status: 'failed', scenario: 'device_alarm' }])
  stage.provider.onSend = ({ to }) => {
    if (to.startsWith('nobody')) throw refusal('reject')
    return undefined
  }
  await stage.deliver()
  for (const [id, reason] of [
    [sent.id, 'not_failed'],
    [code.id, 'code_erased'],
    [tried ?? '', 'test_send'],
  ] as const) {
    expect(await getMessage(owner, id)).toMatchObject({ canResend: false })
    await expect(resendMessage(owner, id)).rejects.toMatchObject({ code: 'conflict', data: { reason } })
  }
  expect(await stage.deliver()).toBe(0)
  expect(await stage.db.$count(message, eq(message.organizationId, org.id))).toBe(3)
})
