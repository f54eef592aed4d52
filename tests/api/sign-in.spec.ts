/** Signing in: what the cookie is, how guessing ends, and that sessions end when they are told to. */
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { createContext } from '#api/trpc.ts'
import type { Parts } from '#compose.ts'
import { member, organization, session, user } from '#db/schema/index.ts'
import { createOrganization } from '#domain/members.ts'
import { setParts } from '#parts.ts'
import { caller, expect, origin, partsOn, test } from '../support/api-stage.ts'
import { freshDatabase } from '../support/database.ts'

const password = 'correct horse battery'
const newAddress = () => `ann-${v7()}@example.com`

type Answer = { status: number; headers: Headers; text: string; cookie: string | undefined }

/** Tries are counted in windows of fifteen minutes: a test of the count must not run over the end of one. */
async function withinOneWindow() {
  const left = 900_000 - (Date.now() % 900_000)
  if (left < 15_000) await new Promise((resolve) => setTimeout(resolve, left))
}

let callers = 0

/** A request to the sign-in addresses, from an address of its own so that tests do not use up each other's tries. */
async function post(parts: Parts, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  callers += 1
  const address = `10.0.${callers >> 8}.${callers & 255}`
  const from = { origin, 'content-type': 'application/json', 'x-signet-client-ip': address }
  const request = { method: 'POST', body: JSON.stringify(body), headers: { ...from, ...headers } }
  const response = await parts.signIn.handler(new Request(`${parts.env.url}/api/auth/${path}`, request))
  const cookie = response.headers.getSetCookie().find((line) => line.includes('session_token='))
  return { status: response.status, headers: response.headers, text: await response.text(), cookie }
}

const signIn = (parts: Parts, email: string, typed = password) =>
  post(parts, 'sign-in/email', { email, password: typed })

const pairOf = (answer: Answer) => answer.cookie?.split(';')[0] ?? ''
const withCookie = (pair: string) => new Headers({ cookie: pair })

/** A person with an organization of their own, signed in once. */
async function person(parts: Parts) {
  const email = newAddress()
  const id = await parts.signIn.addPerson({ name: 'Ann', email, password })
  if (!id) throw new Error('The address is new.')
  await createOrganization({ db: parts.db, now: () => new Date() }, 'Acme', id)
  return { id, email, cookie: pairOf(await signIn(parts, email)) }
}

/** Procedures as the browser that sends this cookie calls them. */
const callerWith = async (pair: string) => caller((await createContext(withCookie(pair))).who)

test('the right password gives a cookie that scripts cannot read and other sites cannot send along', async ({
  parts,
}) => {
  const { email } = await person(parts)
  const { status, cookie = '' } = await signIn(parts, email)
  expect(status).toBe(200)
  expect(cookie).toMatch(/^signet\.session_token=/)
  for (const flag of [/; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i, /; Max-Age=1209600/i])
    expect(cookie).toMatch(flag)
  expect(cookie).not.toMatch(/; Secure/i)
})

test('under https the cookie is sent over https only', async ({ stage }) => {
  const parts = await partsOn(stage, { SIGNET_URL: 'https://signet.example.com' })
  const email = newAddress()
  await parts.signIn.addPerson({ name: 'Ann', email, password })
  const answer = await post(parts, 'sign-in/email', { email, password }, { origin: 'https://signet.example.com' })
  expect(answer.cookie).toMatch(/^__Secure-signet\.session_token=.*; Secure/i)
  expect(await parts.signIn.signedIn(withCookie(pairOf(answer)))).toMatchObject({ user: { email } })
  await parts.close()
})

test('a wrong password and an unknown address are answered alike', async ({ parts }) => {
  const { email } = await person(parts)
  const [wrong, unknown] = [await signIn(parts, email, 'not the password'), await signIn(parts, newAddress())]
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(wrong.text).toBe(unknown.text)
  expect([wrong.cookie, unknown.cookie]).toEqual([undefined, undefined])
})

for (const who of ['a person', 'an unknown address'] as const) {
  test(`after ten wrong passwords for ${who} the right one is not looked at either`, async ({ parts }) => {
    await withinOneWindow()
    const email = who === 'a person' ? (await person(parts)).email : newAddress()
    for (let n = 0; n < 10; n++) expect((await signIn(parts, email, 'not the password')).status).toBe(401)
    for (const spelling of [email, ` ${email.toUpperCase()} `]) {
      const refused = await signIn(parts, spelling)
      expect([400, 429]).toContain(refused.status)
    }
    const refused = await signIn(parts, email)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('x-retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('x-retry-after'))).toBeLessThanOrEqual(900)
    expect((await signIn(parts, (await person(parts)).email)).status).toBe(200)
  })
}

test('no more than ten passwords are looked at, however many are tried at once', async ({ parts }) => {
  await withinOneWindow()
  const { email } = await person(parts)
  const tries = await Promise.all(Array.from({ length: 30 }, () => signIn(parts, email, 'not the password')))
  expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(20)
})

test('right passwords do not use up tries', async ({ parts }) => {
  const { email } = await person(parts)
  for (let n = 0; n < 12; n++) expect((await signIn(parts, email)).status).toBe(200)
})

test('sessions are listed without their tokens, and one that is revoked is over at once', async ({ parts }) => {
  const { email, cookie } = await person(parts)
  const other = pairOf(await signIn(parts, email))
  const mine = await callerWith(cookie)
  const sessions = await mine.people.sessions()
  expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
  expect(JSON.stringify(sessions)).not.toContain(decodeURIComponent(other).split('=')[1]?.split('.')[0])
  const theOther = sessions.find(({ current }) => !current)
  await mine.people.revokeSession({ id: theOther?.id ?? '' })
  expect(await parts.signIn.signedIn(withCookie(other))).toBeNull()
  expect(await parts.signIn.signedIn(withCookie(cookie))).toMatchObject({ user: { email } })
})

test('nobody revokes the session of somebody else', async ({ parts }) => {
  const [ann, bob] = [await person(parts), await person(parts)]
  const [theirs] = await parts.db.select().from(session).where(eq(session.userId, bob.id))
  const revoking = (await callerWith(ann.cookie)).people.revokeSession({ id: theirs?.id ?? '' })
  await expect(revoking).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await parts.signIn.signedIn(withCookie(bob.cookie))).not.toBeNull()
})

test('a changed password ends every other session and is the only one that works', async ({ parts }) => {
  const { email, cookie } = await person(parts)
  const other = pairOf(await signIn(parts, email))
  const next = 'staple battery horse'
  const change = (current: string) => parts.signIn.changePassword(withCookie(cookie), { current, next })
  expect(await change('not the password')).toBe(false)
  expect(await parts.signIn.signedIn(withCookie(other))).not.toBeNull()
  expect(await change(password)).toBe(true)
  expect(await parts.signIn.signedIn(withCookie(other))).toBeNull()
  expect(await parts.signIn.signedIn(withCookie(cookie))).not.toBeNull()
  expect([(await signIn(parts, email)).status, (await signIn(parts, email, next)).status]).toEqual([401, 200])
})

test('signing out ends the session, and only a request of our own pages does it', async ({ parts }) => {
  const { cookie } = await person(parts)
  const foreign = await post(parts, 'sign-out', {}, { cookie, origin: 'https://evil.example.com' })
  expect(foreign.status).toBe(403)
  expect(await parts.signIn.signedIn(withCookie(cookie))).not.toBeNull()
  expect((await post(parts, 'sign-out', {}, { cookie })).status).toBe(200)
  expect(await parts.signIn.signedIn(withCookie(cookie))).toBeNull()
})

test('a cookie that was changed anywhere is nobody’s', async ({ parts }) => {
  const [ann, bob] = [await person(parts), await person(parts)]
  const [name = '', value = ''] = ann.cookie.split('=')
  const plain = decodeURIComponent(value)
  const [token = '', signature = ''] = plain.split('.')
  const [otherToken] = decodeURIComponent(bob.cookie.split('=')[1] ?? '').split('.')
  const flipped = (text: string) => `${text[0] === 'a' ? 'b' : 'a'}${text.slice(1)}`
  for (const wrong of [
    ...[
      token,
      `${token}.`,
      `.${signature}`,
      '',
      '%',
      `${flipped(token)}.${signature}`,
      `${token}.${flipped(signature)}`,
    ],
    ...[`${otherToken}.${signature}`, `${token}.${signature}x`, plain.toUpperCase()],
  ]) {
    expect(await parts.signIn.signedIn(withCookie(`${name}=${encodeURIComponent(wrong)}`)), wrong).toBeNull()
  }
  expect(await parts.signIn.signedIn(withCookie(`${name}=%E0%A4%A`))).toBeNull()
  expect(await parts.signIn.signedIn(withCookie(`x${ann.cookie}`))).toBeNull()
  expect(await parts.signIn.signedIn(new Headers())).toBeNull()
  expect(await parts.signIn.signedIn(withCookie(`theme=dark; ${ann.cookie}; locale=en`))).not.toBeNull()
})

test('a session that is over is nobody’s', async ({ parts }) => {
  const { id, cookie } = await person(parts)
  await parts.db
    .update(session)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(session.userId, id))
  expect(await parts.signIn.signedIn(withCookie(cookie))).toBeNull()
})

test('a person works in the organization they switched to, until they belong to it no more', async ({ parts }) => {
  const { id, cookie } = await person(parts)
  const second = await createOrganization({ db: parts.db, now: () => new Date() }, 'Second', id)
  const nameOf = async () => (await parts.signIn.signedIn(withCookie(cookie)))?.organization?.name
  expect(await nameOf()).toBe('Acme')
  await (await callerWith(cookie)).people.switchOrganization({ id: second })
  expect(await nameOf()).toBe('Second')
  await parts.db.delete(member).where(eq(member.organizationId, second))
  expect(await nameOf()).toBe('Acme')
  await parts.db.delete(member).where(eq(member.userId, id))
  expect(await parts.signIn.signedIn(withCookie(cookie))).toMatchObject({ organization: null })
})

test('nothing else of the library behind it answers', async ({ parts }) => {
  const { email, cookie, id } = await person(parts)
  for (const [path, body] of [
    ['sign-up/email', { name: 'Eve', email: newAddress(), password }],
    ['change-password', { currentPassword: password, newPassword: 'staple battery horse' }],
    ['update-user', { name: '<b>Eve</b>' }],
    ['change-email', { newEmail: newAddress() }],
    ['delete-user', { password }],
    ['request-password-reset', { email }],
    ['list-sessions', {}],
  ] as const) {
    expect((await post(parts, path, body, { cookie })).status, path).toBe(404)
  }
  expect(await parts.db.select().from(user).where(eq(user.id, id))).toMatchObject([{ name: 'Ann', email }])
})

test('an invitation is taken up by a new person once, and by the one it was made for', async ({ parts }) => {
  const ann = await person(parts)
  const invite = async (email: string) => {
    const { url } = await (await callerWith(ann.cookie)).people.invite({ email, role: 'author' })
    return url.split('/').at(-1) ?? ''
  }
  const email = newAddress()
  const token = await invite(email)
  expect(await caller(null).people.invitation({ token })).toMatchObject({ email, role: 'author', known: false })
  const taking = () => caller(null).people.acceptInvitation({ token, name: 'New', password })
  const results = await Promise.allSettled([taking(), taking()])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const cookie = pairOf(await signIn(parts, email))
  expect(await parts.signIn.signedIn(withCookie(cookie))).toMatchObject({
    organization: { name: 'Acme', role: 'author' },
  })
  const forBob = await invite(newAddress())
  const stolen = (await callerWith(cookie)).people.acceptInvitation({ token: forBob })
  await expect(stolen).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

const owner = { organization: 'First', name: 'Ann', email: 'ann@example.com', password }

test('the first owner is made once, however many first visits there are at once', async ({ stage }) => {
  const database = await freshDatabase()
  const parts = setParts(await partsOn(stage, { DATABASE_URL: database.url }))
  expect(await caller(null).people.needsSetUp()).toBe(true)
  const visits = Array.from({ length: 20 }, (_, n) =>
    caller(null).people.setUp({ ...owner, email: `ann${n}@example.com` }),
  )
  const results = await Promise.allSettled(visits)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results.filter(({ status }) => status === 'rejected')) {
    expect(result).toMatchObject({ reason: { code: 'CONFLICT', cause: { data: { reason: 'already_set_up' } } } })
  }
  expect(await parts.db.$count(user)).toBe(1)
  expect(await parts.db.$count(organization)).toBe(1)
  expect(await caller(null).people.needsSetUp()).toBe(false)
  await parts.close()
  await database.drop()
})

test('a first visit that breaks off leaves nothing in the way of the next', async ({ stage }) => {
  const database = await freshDatabase()
  const parts = await partsOn(stage, { DATABASE_URL: database.url })
  await expect(parts.setUp({ ...owner, organization: 'not \0 storable' })).rejects.toThrow()
  expect(await parts.needsSetUp()).toBe(true)
  expect(await parts.setUp(owner)).toBe(true)
  expect(await parts.db.select().from(member)).toMatchObject([{ role: 'owner' }])
  await parts.close()
  await database.drop()
})
