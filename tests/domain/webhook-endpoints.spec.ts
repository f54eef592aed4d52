/** What people do with endpoints: secrets, trials, telling again, and what they see. */
import { eq, sql } from 'drizzle-orm'
import { webhookDelivery, webhookEndpoint } from '#db/schema/index.ts'
import { overview } from '#domain/overview/overview.ts'
import { deliveryCounts, listDeliveries, readDelivery, sendDeliveriesAgain } from '#domain/webhooks/deliveries.ts'
import {
  AddEndpoint,
  changeEndpoint,
  getEndpoint,
  listEndpoints,
  removeEndpoint,
  resealEndpoints,
  rotateSecret,
  tryEndpoint,
} from '#domain/webhooks/endpoints.ts'
import { expect, masterKey, test } from '../support/make.ts'
import { endpoint, endpointsOff, listener, only, tell, told, verified } from '../support/webhook-stage.ts'

test.beforeEach(({ stage }) => endpointsOff(stage))

test('for a day after it was replaced the secret before signs as well, and no third one', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id, secret: first } = await endpoint(owner, of.id)
  const { secret: second } = await rotateSecret(owner, { id, version: 1 })
  await expect(rotateSecret(owner, { id, version: 1 })).rejects.toMatchObject({ data: { reason: 'endpoint_changed' } })
  const { secret: third } = await rotateSecret(owner, { id, version: 2 })
  const signedBy = async () => {
    await stage.send(asApp)
    await stage.deliver()
    await tell(stage, line)
    const { body = '', headers = {} } = line.heard.at(-1) ?? {}
    const opens = (secret: string) => {
      try {
        return Boolean(verified(secret, body, headers))
      } catch {
        return false
      }
    }
    return [first, second, third].map(opens)
  }
  expect(await signedBy()).toEqual([false, true, true])
  await stage.db.update(webhookEndpoint).set({ formerUntil: stage.clock.now() }).where(eq(webhookEndpoint.id, id))
  expect(await signedBy()).toEqual([false, false, true])
})

test('secrets are sealed, follow another master key, and without theirs nothing is told', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id, secret } = await endpoint(owner, of.id)
  expect(JSON.stringify([await stage.dump(), await listEndpoints(owner, of.id)])).not.toContain(secret.slice(6))
  await stage.send(asApp)
  await stage.deliver()
  const old = stage.keys[0] ?? ''
  // Keys are looked at again when something is sealed.
  const takeUp = () => stage.lent.secrets.seal('', '')
  stage.keys.splice(0, 1, masterKey(8))
  takeUp()
  await tell(stage, line)
  expect(await only(stage, id)).toMatchObject({ state: 'waiting', error: 'secret_unreadable' })
  expect((await resealEndpoints(stage.system)).unreadable).toContainEqual({
    organization: 'Acme',
    url: 'https://hooks.example.com/…',
  })
  stage.keys.push(old)
  await resealEndpoints(stage.system)
  stage.keys.pop()
  takeUp()
  stage.clock.forward({ minutes: 1 })
  await tell(stage, line)
  expect(await only(stage, id)).toMatchObject({ state: 'delivered' })
})

test('what was told is told again by hand: some, or all that failed since a moment', async ({ stage }) => {
  const { line, owner, asApp, id, row } = await told(stage, { status: 400 })
  line.answer = () => ({ status: 200 })
  await sendDeliveriesAgain(owner, { endpointId: id, which: { ids: [row.id] } })
  await tell(stage, line)
  expect(await only(stage, id)).toMatchObject({ id: row.id, state: 'delivered', attempts: 1 })
  line.answer = () => ({ status: 400 })
  await stage.send(asApp)
  await stage.deliver()
  await tell(stage, line)
  const future = new Date(stage.clock.now().getTime() + 60_000)
  expect(await sendDeliveriesAgain(owner, { endpointId: id, which: { failedSince: future.toISOString() } })).toEqual({
    count: 0,
  })
  expect(await deliveryCounts(owner, id)).toEqual({ waiting: 0, failed: 1 })
  expect(await sendDeliveriesAgain(owner, { endpointId: id, which: { failedSince: row.at.toISOString() } })).toEqual({
    count: 1,
  })
  expect(await deliveryCounts(owner, id)).toEqual({ waiting: 1, failed: 0 })
  await expect(listDeliveries(owner, { endpointId: id, state: 'waiting' })).resolves.toMatchObject({
    rows: [{ state: 'waiting' }],
  })
})

test('a trial is told to an endpoint that is on, and to no other', async ({ stage }) => {
  const line = listener()
  const { owner, app: of } = await stage.ready()
  const { id } = await endpoint(owner, of.id, { events: ['push_rule.invalid'] })
  await tryEndpoint(owner, id)
  await tell(stage, line)
  expect(line.heard.map(({ type }) => type)).toEqual(['webhook.test'])
  const { url, description, events, wholeRecipient, version } = await getEndpoint(owner, { appKey: of.key, id })
  await changeEndpoint(owner, { id, url, description, events, wholeRecipient, version, enabled: false })
  await expect(tryEndpoint(owner, id)).rejects.toMatchObject({ code: 'conflict', data: { reason: 'endpoint_off' } })
  const stale = { id, url, description, events, wholeRecipient, version, enabled: true }
  await expect(changeEndpoint(owner, stale)).rejects.toMatchObject({
    code: 'conflict',
    data: { currentVersion: version + 1 },
  })
  await removeEndpoint(owner, id)
  await expect(getEndpoint(owner, { appKey: of.key, id })).rejects.toMatchObject({ code: 'not_found' })
})

test('who may not write sees of an address its host, and nobody sees it in the audit log', async ({ stage }) => {
  const { org, owner, app: of } = await stage.ready()
  await endpoint(owner, of.id, { url: 'https://hooks.example.com/services/T0/secret-part?key=1' })
  expect(await listEndpoints(org.as('viewer'), of.id)).toMatchObject([{ url: 'https://hooks.example.com/…' }])
  const { rows: audited } = await stage.db.execute(sql`select * from audit_event where organization_id = ${org.id}`)
  expect(JSON.stringify(audited)).not.toContain('secret-part')
})

for (const [url, code] of [
  ['https://hooks.example.com/signet?a=1', null],
  ['http://localhost:3999/hook', null],
  ['http://10.1.2.3/hook', null],
  ['http://hooks:8080/', null],
  ['http://hooks.internal/', null],
  ['http://[::ffff:8.8.8.8]/', 'url_not_encrypted'],
  ['http://[64:ff9b::808:808]/', 'url_not_encrypted'],
  ['http://[2002:808:808::1]/', 'url_not_encrypted'],
  ['http://[::1]:3000/', null],
  ['http://hooks.example.com/', 'url_not_encrypted'],
  ['http://203.0.114.7/', 'url_not_encrypted'],
  ['https://user:password@hooks.example.com/', 'url_with_login'],
  ['ftp://hooks.example.com/', 'invalid_url'],
  ['hooks.example.com', 'invalid_url'],
] as const) {
  test(`an address is ${code ? `refused as ${code}` : 'taken'}: ${url}`, () => {
    const given = {
      appId: '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59',
      url,
      events: ['message.sent'],
      description: '',
      enabled: true,
    }
    const parsed = AddEndpoint.safeParse({ ...given, wholeRecipient: false })
    expect(parsed.error?.issues.map(({ message }) => message) ?? null).toEqual(code ? [code] : null)
  })
}

test('an App has at most ten endpoints', async ({ stage }) => {
  const { owner, app: of } = await stage.ready()
  const made = await Promise.allSettled(Array.from({ length: 12 }, () => endpoint(owner, of.id)))
  expect(made.filter(({ status }) => status === 'rejected')).toHaveLength(2)
  await expect(endpoint(owner, of.id)).rejects.toMatchObject({
    data: { fields: [{ path: 'url', code: 'too_many_endpoints' }] },
  })
})

test('a secret that cannot be opened any more is replaced, and calls go out at once', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  await stage.send(asApp)
  await stage.deliver()
  stage.keys.splice(0, 1, masterKey(9))
  stage.lent.secrets.seal('', '')
  const { secret } = await rotateSecret(owner, { id, version: 1 })
  await tell(stage, line)
  expect(await only(stage, id)).toMatchObject({ state: 'delivered' })
  const { body = '', headers = {} } = line.heard[0] ?? {}
  expect(verified(secret, body, headers)).toBeTruthy()
})

test('what failed for good is found by when it was tried last', async ({ stage }) => {
  const { owner, id, row } = await told(stage, { status: 400 })
  const days = (count: number) => new Date(stage.clock.now().getTime() - count * 86_400_000)
  await stage.db
    .update(webhookDelivery)
    .set({ at: days(4), triedAt: days(0) })
    .where(eq(webhookDelivery.id, row.id))
  const which = { failedSince: days(1).toISOString() }
  expect(await sendDeliveriesAgain(owner, { endpointId: id, which })).toEqual({ count: 1 })
})

test('an answer that names the recipient is shown with that one masked', async ({ stage }) => {
  const line = listener()
  line.answer = () => ({ status: 422, text: 'Nobody is called ann@example.com here.' })
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id, { wholeRecipient: true })
  await stage.send(asApp)
  await stage.deliver()
  await tell(stage, line)
  const { answer } = await readDelivery(owner, (await only(stage, id)).id)
  expect(answer).toBe('Nobody is called a•••@example.com here.')
})

test('the overview names webhooks that are gone, and those that fail for more than a moment', async ({ stage }) => {
  const { owner, id } = await told(stage, { status: 500 })
  expect((await overview(owner)).webhooks).toEqual([])
  stage.clock.forward({ minutes: 6 })
  const { webhooks } = await overview(owner)
  expect(webhooks).toMatchObject([{ id, name: 'https://hooks.example.com/…', state: 'failing' }])
  await stage.db.update(webhookEndpoint).set({ description: 'Orders' }).where(eq(webhookEndpoint.id, id))
  expect((await overview(owner)).webhooks).toMatchObject([{ id, name: 'Orders' }])
  const gone = await told(stage, { status: 410 })
  expect((await overview(gone.owner)).webhooks).toMatchObject([{ id: gone.id, state: 'gone', since: null }])
  await stage.db.update(webhookEndpoint).set({ enabled: false, isGone: false }).where(eq(webhookEndpoint.id, id))
  expect((await overview(owner)).webhooks).toEqual([])
})
