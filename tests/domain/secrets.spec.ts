/** Sealing: a value opens only where it was sealed, and its key can be exchanged while everything runs. */
import { eq, ne, sql } from 'drizzle-orm'
import { connect } from '#db/client.ts'
import { accountSecret, message } from '#db/schema/index.ts'
import { resealAccounts } from '#domain/accounts/keeping-secrets.ts'
import { secretPlace, senderFor } from '#domain/accounts/sender.ts'
import { keyring } from '#domain/base/secrets.ts'
import { resealMessages } from '#domain/sending/deliver/upkeep.ts'
import { expect, masterKey, type Stage, test } from '../support/make.ts'

const ringOf = (...keys: string[]) => keyring(() => keys)

test('a sealed value opens where it was sealed and nowhere else', () => {
  const ring = ringOf(masterKey(1))
  const sealed = ring.seal('correct horse', 'account:1:password')
  expect(ring.open(sealed, 'account:1:password')).toBe('correct horse')
  expect(() => ring.open(sealed, 'account:2:password')).toThrow()
  expect(() => ring.open(sealed, 'account:1:pin')).toThrow()
})

test('the same value never seals alike twice and never shows', () => {
  const ring = ringOf(masterKey(1))
  const sealed = Array.from({ length: 100 }, () => ring.seal('correct horse', 'place'))
  expect(new Set(sealed).size).toBe(100)
  expect(sealed.join()).not.toContain('correct')
})

test('a sealed value that was changed anywhere does not open', () => {
  const ring = ringOf(masterKey(1))
  const [form, keyId, body = ''] = ring.seal('correct horse', 'place').split('.')
  const bytes = Buffer.from(body, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => ring.open(`${form}.${keyId}.${changed.toString('base64url')}`, 'place')).toThrow()
  }
  for (const nonsense of ['', 'plain text', `2.${keyId}.${body}`, `${form}.${keyId}.`]) {
    expect(() => ring.open(nonsense, 'place')).toThrow()
  }
})

test('a sealed value names its key, and a missing key is named in the error without being shown', () => {
  const sealed = ringOf(masterKey(1)).seal('value', 'place')
  const keyId = sealed.split('.')[1] ?? ''
  expect(keyId).toMatch(/^[0-9a-f]{8}$/)
  const open = () => ringOf(masterKey(2)).open(sealed, 'place')
  expect(open).toThrow(keyId)
  expect(open).not.toThrow(masterKey(1))
})

test('a key that is not 32 bytes is refused', () => {
  const short = Buffer.alloc(31).toString('base64')
  expect(() => ringOf(short).seal('value', 'place')).toThrow(/32 bytes/)
  expect(() => ringOf().seal('value', 'place')).toThrow(/no master key/)
})

test('a running process takes up a new key by itself and still opens what the old one sealed', () => {
  const keys = [masterKey(1)]
  const ring = keyring(() => [...keys])
  const old = ring.seal('value', 'place')
  keys.unshift(masterKey(2))
  expect(ring.isOutdated(old)).toBe(true)
  expect(ring.open(old, 'place')).toBe('value')
  const fresh = ring.seal('value', 'place')
  expect(ring.isOutdated(fresh)).toBe(false)
  expect(fresh.split('.')[1]).not.toBe(old.split('.')[1])
})

test('a value of a key that another process just introduced opens at once', () => {
  const keys = [masterKey(1)]
  const ring = keyring(() => [...keys])
  ring.seal('value', 'place')
  const elsewhere = ringOf(masterKey(2)).seal('value', 'place')
  expect(() => ring.open(elsewhere, 'place')).toThrow()
  keys.unshift(masterKey(2))
  expect(ring.open(elsewhere, 'place')).toBe('value')
})

test('secrets of two accounts swapped in the database open for neither', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const ids = [
    await stage.account(owner, { password: 'one' }),
    await stage.account(owner, { password: 'two' }),
  ] as const
  const sealed = async (id: string) =>
    (await stage.db.select().from(accountSecret).where(eq(accountSecret.accountId, id)))[0]?.sealed ?? ''
  const before = [await sealed(ids[0]), await sealed(ids[1])] as const
  const put = (id: string, value: string) =>
    stage.db.update(accountSecret).set({ sealed: value }).where(eq(accountSecret.accountId, id))
  await put(ids[0], before[1])
  await put(ids[1], before[0])
  for (const id of ids) await expect(senderFor(owner, org.id, id)).rejects.toThrow()
})

test('fields of one account swapped in the database do not open', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { password: 'one', pin: 'two' })
  await stage.db.execute(sql`
    update account_secret a set sealed = b.sealed from account_secret b
    where a.account_id = ${id} and b.account_id = ${id} and a.field <> b.field`)
  await expect(senderFor(org.as('owner'), org.id, id)).rejects.toThrow()
})

/** Every sealed value that stands in the database of these organizations, with the id of its key. */
async function keyIds(stage: Stage): Promise<Set<string | undefined>> {
  const accounts = await stage.db.select({ sealed: accountSecret.sealed }).from(accountSecret)
  const messages = await stage.db.select({ sealed: message.sealedVariables }).from(message)
  return new Set([...accounts, ...messages].flatMap(({ sealed }) => (sealed ? [sealed.split('.')[1]] : [])))
}

test('sealing everything again while work goes on leaves no value of the old key, and loses none', async ({
  stage,
}) => {
  await Promise.all([stage.db.delete(message), stage.db.delete(accountSecret)])
  const { org, owner, accountId, asApp } = await stage.ready()
  const firsts = await Promise.all(
    Array.from({ length: 40 }, (_, n) => stage.send(asApp, { to: `first-${n}@example.com` })),
  )
  stage.keys.unshift(masterKey(8))
  const during = Array.from({ length: 40 }, (_, n) => stage.send(asApp, { to: `second-${n}@example.com` }))
  const [accounts, messages, ...seconds] = await Promise.all([
    resealAccounts(stage.system),
    resealMessages(stage.system),
    ...during,
  ])
  expect(accounts).toMatchObject({ unreadable: [] })
  expect(messages).toEqual({ count: firsts.length, unreadable: 0 })
  expect((await keyIds(stage)).size).toBe(1)
  stage.keys.pop()
  expect((await senderFor(owner, org.id, accountId))?.config).toMatchObject({ password: 'correct horse' })
  await stage.deliver()
  expect(stage.provider.accepted.length).toBe(firsts.length + seconds.length)
})

test('sealing again does not bring back a secret that was changed meanwhile', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'))
  await stage.db.delete(accountSecret).where(ne(accountSecret.accountId, id))
  stage.keys.unshift(masterKey(9))
  const { secrets } = stage.system
  const newer = secrets.seal('newer', secretPlace(id, 'password'))
  // One connection keeps the order: the change is there after the reading and before the writing.
  const { db, close } = connect(stage.url, { max: 1 })
  const written: Promise<unknown>[] = []
  const open = (sealed: string, boundTo: string) => {
    const change = db.update(accountSecret).set({ sealed: newer }).where(eq(accountSecret.accountId, id))
    written.push(change.execute())
    return secrets.open(sealed, boundTo)
  }
  expect(await resealAccounts({ ...stage.system, db, secrets: { ...secrets, open } })).toMatchObject({ count: 0 })
  await Promise.all(written)
  await close()
  expect(written).toHaveLength(1)
  expect((await senderFor(org.as('owner'), org.id, id))?.config).toMatchObject({ password: 'newer' })
})
