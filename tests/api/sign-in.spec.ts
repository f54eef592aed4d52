/** Signing in: what the cookie is, how guessing ends, and that sessions end when they are told to. */
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { createContext } from '#api/trpc.ts'
import { limitCount, member, session, user } from '#db/schema/index.ts'
import { createOrganization } from '#domain/people/members.ts'
import type { Parts } from '#platform/compose.ts'
import { caller, expect, origin, partsOn, test } from '../support/api-stage.ts'

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

/** @param from the caller's address; one of its own when not given */
const signIn = (parts: Parts, email: string, typed = password, from?: string) =>
  post(parts, 'sign-in/email', { email, password: typed }, from ? { 'x-signet-client-ip': from } : {})

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

test('under https the cookie is sent over https only, and no neighbour under the domain can have set it', async ({
  stage,
}) => {
  const parts = await partsOn(stage, { SIGNET_URL: 'https://signet.example.com' })
  const email = newAddress()
  await parts.signIn.addPerson({ name: 'Ann', email, password })
  const answer = await post(parts, 'sign-in/email', { email, password }, { origin: 'https://signet.example.com' })
  expect(answer.cookie).toMatch(/^__Host-signet\.session_token=.*; Secure/i)
  expect(answer.cookie).toMatch(/; Path=\//i)
  expect(answer.cookie).not.toMatch(/; Domain=/i)
  expect(await parts.signIn.signedIn(withCookie(pairOf(answer)))).toMatchObject({ user: { email } })
  const set = pairOf(answer).replace('__Host-', '__Secure-')
  expect(await parts.signIn.signedIn(withCookie(set))).toBeNull()
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
  test(`after ten wrong passwords for ${who} from one network the right one is not looked at either`, async ({
    parts,
  }) => {
    await withinOneWindow()
    const email = who === 'a person' ? (await person(parts)).email : newAddress()
    const [there, elsewhere] = ['2001:db8:1:2::1', '2001:db8:1:3::1']
    for (let n = 0; n < 10; n++)
      expect((await signIn(parts, email, 'not the password', `2001:db8:1:2::${n}`)).status).toBe(401)
    for (const spelling of [email, ` ${email.toUpperCase()} `]) {
      const refused = await signIn(parts, spelling, password, there)
      expect([400, 429]).toContain(refused.status)
    }
    const refused = await signIn(parts, email, password, there)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('x-retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('x-retry-after'))).toBeLessThanOrEqual(900)
    expect((await signIn(parts, (await person(parts)).email, password, there)).status).toBe(200)
    expect((await signIn(parts, email, password, elsewhere)).status).toBe(who === 'a person' ? 200 : 401)
  })
}

test('no more than ten passwords are looked at from one network, however many are tried at once', async ({ parts }) => {
  await withinOneWindow()
  const { email } = await person(parts)
  const guess = () => signIn(parts, email, 'not the password', '192.0.2.8')
  const tries = await Promise.all(Array.from({ length: 30 }, guess))
  expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(20)
})

/** The count of all wrong passwords for somebody is `used` already. */
async function afterGuesses(parts: Parts, email: string, used: number) {
  const key = `sign-in:${createHash('sha256').update(email).digest('base64url')}`
  const now = Date.now()
  const windowStart = new Date(now - (now % 900_000))
  const values = { key, windowStart, count: used }
  await parts.db
    .insert(limitCount)
    .values(values)
    .onConflictDoUpdate({ target: [limitCount.key, limitCount.windowStart], set: values })
  return async () => (await parts.db.select().from(limitCount).where(eq(limitCount.key, key)))[0]?.count
}

test('what a stranger goes on trying does not count against the person', async ({ parts }) => {
  await withinOneWindow()
  const { email } = await person(parts)
  const counted = await afterGuesses(parts, email, 0)
  for (let n = 0; n < 25; n++) await signIn(parts, email, 'not the password', '192.0.2.9')
  expect(await counted()).toBe(10)
  expect((await signIn(parts, email)).status).toBe(200)
})

test('guesses from very many networks end too, but not for the person where they are signed in', async ({ parts }) => {
  await withinOneWindow()
  const email = newAddress()
  await parts.signIn.addPerson({ name: 'Ann', email, password })
  expect((await signIn(parts, email, password, '2001:db8:5:5::1')).status).toBe(200)
  await afterGuesses(parts, email, 500)
  expect((await signIn(parts, email, password, '192.0.2.10')).status).toBe(429)
  expect((await signIn(parts, email, password, '2001:db8:5:5::2')).status).toBe(200)
})

test('a batch of changes of the password looks at ten at most, and counts with signing in', async ({ parts }) => {
  await withinOneWindow()
  const { email, cookie } = await person(parts)
  const headers = new Headers({ cookie, 'x-signet-client-ip': '192.0.2.11' })
  const change = (current: string) => parts.signIn.changePassword(headers, { current, next: 'staple battery horse' })
  for (let n = 0; n < 4; n++) expect((await signIn(parts, email, 'wrong', '192.0.2.11')).status).toBe(401)
  const guesses = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => change(`guess ${n}`)))
  expect(guesses.filter((one) => one.status === 'fulfilled' && one.value === false)).toHaveLength(6)
  for (const refused of guesses.filter((one) => one.status === 'rejected'))
    expect(refused.reason).toMatchObject({ code: 'rate_limited' })
  await expect(change(password)).rejects.toMatchObject({ code: 'rate_limited' })
  expect((await signIn(parts, email, password, '192.0.2.11')).status).toBe(429)
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
