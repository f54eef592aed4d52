/** Who is told of incidents: once each, in their language, by a channel that works, whatever happens meanwhile. */
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { SendError } from '#channels/contract.ts'
import { account, incident, incidentTelling, installation, message, user } from '#db/schema/index.ts'
import { markFailing } from '#domain/accounts/sender.ts'
import { hold, holdIfCopied } from '#domain/base/holding.ts'
import { bringBack } from '#domain/base/set-back.ts'
import { attendant } from '#domain/incidents/attending.ts'
import { changeIncidentNotices, incidentNotices, listIncidents } from '#domain/incidents/incidents.ts'
import { tellIncidents } from '#domain/incidents/telling.ts'
import { watchIncidents } from '#domain/incidents/watching.ts'
import { incidentsOf, lookFor, told, url } from '../support/incident-stage.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { mobile, texting } from '../support/texting.ts'

const fail = (stage: Stage, accountId: string, code = '535', cause?: string) =>
  markFailing(stage.system, accountId, stage.clock.now(), { code, cause })
const mend = (stage: Stage, accountId: string) =>
  stage.db.update(account).set({ failingSince: null, failingCode: null }).where(eq(account.id, accountId))

test('owners and admins are told once that it began and once that it is over, all in one mail', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true, name: 'Texts' })
  const calls = await stage.account(owner, { channel: 'voice', validated: true, name: 'Calls' })
  await fail(stage, texts)
  await fail(stage, calls)
  const mails = await told(stage, org)
  expect(mails.map(({ to }) => to).sort()).toEqual([org.person('admin').email, org.person('owner').email].sort())
  expect(mails[0]?.subject).toMatch(/^Account "(Texts|Calls)" fails and 1 more$/)
  for (const said of ['Account "Texts" fails', 'Account "Calls" fails', `${url}/incidents`, 'Acme'])
    expect(mails[0]?.text).toContain(said)
  expect(await told(stage, org)).toEqual([])
  await mend(stage, texts)
  stage.clock.forward({ minutes: 3 })
  expect((await told(stage, org)).map(({ subject }) => subject)).toEqual(
    Array.from({ length: 2 }, () => 'Over: Account "Texts" fails'),
  )
  stage.clock.forward({ minutes: 30 })
  expect(await told(stage, org)).toEqual([])
})

test('who does not want to be told is not, and each is told in their language', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true, name: '短信' })
  const admin = org.as('admin')
  await changeIncidentNotices(admin, { wanted: false, phone: '' })
  expect(await incidentNotices(admin)).toEqual({ wanted: false, phone: '' })
  await stage.db
    .update(user)
    .set({ language: 'zh-CN' })
    .where(eq(user.id, org.person('owner').id))
  await fail(stage, texts)
  expect(await told(stage, org)).toMatchObject([{ to: org.person('owner').email, subject: '账号“短信”异常' }])
})

test('where mail is what fails, those with a number are told by the template of the alarm, and the others are not', async ({
  stage,
}) => {
  const { org, owner } = await texting(stage)
  const mail = await stage.account(owner, { validated: true, name: 'Mail' })
  await changeIncidentNotices(owner, { wanted: true, phone: mobile })
  await fail(stage, mail)
  const before = stage.texts.calls.length
  expect(await told(stage, org)).toEqual([])
  const sent = stage.texts.calls.slice(before).filter(({ to }) => to === mobile)
  expect(sent.map(({ message }) => JSON.stringify(message))).toEqual([
    expect.stringContaining('Account \\"Mail\\" fails'),
  ])
  const { rows } = await listIncidents(owner, {})
  expect(rows).toMatchObject([
    {
      kind: 'account_failing',
      isBeingTold: true,
      told: [{ channel: 'sms', people: 1, name: 'Acme owner', isOver: false }],
    },
  ])
  // Mail works again: the admin hears of nothing any more, and the owner by mail that it is over.
  await mend(stage, mail)
  stage.clock.forward({ minutes: 3 })
  expect((await told(stage, org)).map(({ to }) => to)).toEqual([org.person('owner').email])
})

test('nobody can be told: it is tried again until somebody is, and never twice', async ({ stage }) => {
  const { org, owner, accountId } = await stage.ready()
  await fail(stage, accountId)
  const texts = await stage.account(owner, { channel: 'sms', validated: true })
  await fail(stage, texts)
  expect(await told(stage, org)).toEqual([])
  expect((await listIncidents(owner, {})).rows).toMatchObject([{ isBeingTold: true, told: [] }, { isBeingTold: true }])
  await mend(stage, accountId)
  stage.clock.forward({ minutes: 11 })
  expect((await told(stage, org)).map(({ subject }) => subject)).toHaveLength(2)
  expect(await told(stage, org)).toEqual([])
})

test('a refused notice goes by another way or is tried again; one whose fate is unknown is not repeated', async ({
  stage,
}) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true })
  await changeIncidentNotices(org.as('admin'), { wanted: false, phone: '' })
  await fail(stage, texts)
  stage.provider.onSend = () => {
    throw new SendError('retry', '421', 'busy')
  }
  await told(stage, org)
  expect(
    await stage.db
      .select()
      .from(incidentTelling)
      .where(eq(incidentTelling.userId, org.person('owner').id)),
  ).toEqual([])
  stage.provider.onSend = () => {
    throw new SendError('unknown', 'ETIMEDOUT', '')
  }
  stage.clock.forward({ minutes: 11 })
  expect(await told(stage, org)).toHaveLength(1)
  stage.provider.onSend = () => undefined
  stage.clock.forward({ minutes: 11 })
  expect(await told(stage, org)).toEqual([])
  expect(await owner.db.select({ kind: message.kind }).from(message).where(eq(message.organizationId, org.id))).toEqual(
    [{ kind: 'notice' }, { kind: 'notice' }],
  )
})

test('ten that tell at once tell each person once', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true })
  await fail(stage, texts)
  await watchIncidents(stage.system)
  await Promise.all(Array.from({ length: 10 }, () => tellIncidents(stage.system, { url })))
  const people = org.people.map(({ email }) => email)
  expect(stage.provider.calls.filter(({ to }) => people.includes(to))).toHaveLength(2)
})

test('whoever hangs holds up only their own people', async ({ stage }) => {
  const [slow, quick] = [await stage.ready('Slow'), await stage.ready('Quick')]
  for (const { owner } of [slow, quick])
    await fail(stage, await stage.account(owner, { channel: 'sms', validated: true }))
  await watchIncidents(stage.system)
  const cutOff = new AbortController()
  stage.provider.onSend = ({ to, signal }) => {
    if (!slow.org.people.some(({ email }) => email === to)) return undefined
    return new Promise((_, refuse) =>
      signal?.addEventListener('abort', () => refuse(new SendError('retry', 'ABORTED', ''))),
    )
  }
  const telling = tellIncidents(stage.system, { url, cutOff: cutOff.signal })
  const heard = () => stage.provider.accepted.length
  await expect.poll(heard).toBeGreaterThanOrEqual(2)
  cutOff.abort()
  await telling
  expect((await listIncidents(quick.owner, {})).rows).toMatchObject([{ isBeingTold: false, told: [{ people: 2 }] }])
  expect((await listIncidents(slow.owner, {})).rows).toMatchObject([{ isBeingTold: true, told: [] }])
})

test('what a process took down and did not send is told by another', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  await fail(stage, await stage.account(owner, { channel: 'sms', validated: true }))
  const [row] = await lookFor(stage, org)
  const { id: userId, name } = org.person('owner')
  const lost = { incidentId: row?.id ?? '', userId, name, channel: 'email', isOver: false, at: stage.clock.now() }
  await stage.db.insert(incidentTelling).values(lost)
  expect((await told(stage, org)).map(({ to }) => to)).toEqual([org.person('admin').email])
  await stage.db
    .update(incident)
    .set({ tellAt: stage.clock.now() })
    .where(eq(incident.id, row?.id ?? ''))
  stage.clock.forward({ minutes: 6 })
  expect((await told(stage, org)).map(({ to }) => to)).toEqual([org.person('owner').email])
})

test('one that ends while it is told: nobody hears of its beginning afterwards, and who did hears of its end', async ({
  stage,
}) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true, name: 'Texts' })
  await fail(stage, texts)
  await watchIncidents(stage.system)
  stage.provider.onSend = async () => {
    await stage.db.update(incident).set({ recoveredAt: stage.clock.now() }).where(eq(incident.organizationId, org.id))
    return undefined
  }
  await mend(stage, texts)
  const [first, ...others] = await told(stage, org)
  expect(others).toEqual([])
  expect(await told(stage, org)).toMatchObject([{ to: first?.to, subject: 'Over: Account "Texts" fails' }])
})

test('an account that fails for another cause is not said to work again', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true, name: 'Texts' })
  await fail(stage, texts, '535', 'login_rejected')
  expect(await told(stage, org)).toHaveLength(2)
  await mend(stage, texts)
  await fail(stage, texts, '550', 'no_balance')
  await told(stage, org)
  stage.clock.forward({ minutes: 5 })
  expect(await told(stage, org)).toEqual([])
  expect(await incidentsOf(stage, org)).toMatchObject([{ recoveredAt: expect.any(Date) }, { recoveredAt: null }])
  await mend(stage, texts)
  stage.clock.forward({ minutes: 5 })
  expect((await told(stage, org)).map(({ subject }) => subject)).toEqual(
    Array.from({ length: 2 }, () => 'Over: Account "Texts" fails'),
  )
})

test('a channel that any open incident is about tells nobody of another one', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const details = { channel: 'email', name: 'Mail' }
  const at = stage.clock.now()
  await stage.db.insert(incident).values({
    ...{ id: v7(), organizationId: org.id, kind: 'receipts_silent', place: 'elsewhere', cause: '', details },
    ...{ openedAt: at, seenAt: new Date(at.getTime() + 3_600_000) },
  })
  await fail(stage, await stage.account(owner, { channel: 'sms', validated: true }))
  expect(await told(stage, org)).toEqual([])
})

test('a notice that is refused is tried the more seldom, the longer that goes on', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  await changeIncidentNotices(org.as('admin'), { wanted: false, phone: '' })
  await fail(stage, await stage.account(owner, { channel: 'sms', validated: true }))
  stage.provider.onSend = () => {
    throw new SendError('reject', '550', 'No such mailbox')
  }
  let tries = 0
  for (let minutes = 0; minutes < 1440; minutes += 10) {
    tries += (await told(stage, org)).length
    stage.clock.forward({ minutes: 10 })
  }
  expect(tries).toBeGreaterThan(5)
  expect(tries).toBeLessThan(20)
})

test('a text says as much of a name as its provider takes', async ({ stage }) => {
  const { owner } = await texting(stage)
  Object.assign(stage.texts, { texts: { kind: 'approved', placeholder: ['${', '}'], values: { longest: 35 } } })
  await changeIncidentNotices(owner, { wanted: true, phone: mobile })
  await fail(stage, await stage.account(owner, { validated: true, name: 'Company mail Frankfurt am Main' }))
  await watchIncidents(stage.system)
  const before = stage.texts.calls.length
  await tellIncidents(stage.system, { url })
  const [sent] = stage.texts.calls.slice(before).filter(({ to }) => to === mobile)
  expect(JSON.stringify(sent?.message)).toContain('Company mail…')
})

test('a clock that was set back delays neither the telling nor the end', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true })
  stage.clock.forward({ minutes: 1440 })
  await fail(stage, texts)
  await watchIncidents(stage.system)
  stage.clock.forward({ minutes: -1440 })
  await bringBack(stage.system)
  expect(await told(stage, org)).toHaveLength(2)
  await mend(stage, texts)
  stage.clock.forward({ minutes: 3 })
  expect(await lookFor(stage, org)).toMatchObject([{ recoveredAt: expect.any(Date) }])
})

test('a copy of the database tells nobody, although no worker has seen it yet', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  await fail(stage, await stage.account(owner, { channel: 'sms', validated: true }))
  await holdIfCopied(stage.lent, 'here')
  await stage.db.update(installation).set({ heldSince: null, heldWhy: null })
  const attending = attendant(stage.system, {
    url,
    storage: {},
    recognise: () => holdIfCopied(stage.lent, 'elsewhere'),
  })
  await attending.look()
  await attending.settled(5000)
  expect(stage.provider.calls.filter(({ to }) => to === org.person('owner').email)).toEqual([])
  expect(await incidentsOf(stage, org)).toMatchObject([{ recoveredAt: null }])
  await stage.db.delete(installation)
})

test('while sending is held nobody is told, and afterwards they are', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const texts = await stage.account(owner, { channel: 'sms', validated: true })
  await fail(stage, texts)
  const [attend, later] = [attendant(stage.system, { url, storage: {} }), attendant(stage.system, { url, storage: {} })]
  const mails = () => stage.provider.calls.filter(({ to }) => to === org.person('owner').email)
  await hold(stage.lent)
  await attend.look()
  await attend.settled(5000)
  expect(mails()).toEqual([])
  await stage.db.update(installation).set({ heldSince: null, heldWhy: null })
  await later.look()
  await later.settled(5000)
  expect(mails()).toHaveLength(1)
})

test('a number that is none is refused, and one is kept in its normal form', async ({ stage }) => {
  const { org } = await stage.ready()
  const admin = org.as('admin')
  await expect(changeIncidentNotices(admin, { wanted: true, phone: 'call me' })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await changeIncidentNotices(admin, { wanted: true, phone: '+86 138 0013 8000' })
  expect(await incidentNotices(admin)).toEqual({ wanted: true, phone: mobile })
})
