/** Signing in, through better-auth: passwords, sessions, attempts. The rest of the program asks only who a request is from. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { Db, Tx } from '#db/database.ts'
import {
  credential,
  member,
  organization,
  type Role,
  session,
  signInLimit,
  signInToken,
  user,
} from '#db/schema/index.ts'
import type { Log } from '#domain/base/ctx.ts'
import { isDomainError } from '#domain/base/errors.ts'
import { count, type Limit, uncount } from '#domain/base/limits.ts'
import { networkOf } from '#domain/base/networks.ts'

const sessionDays = 14
/** Wrong passwords for one person: from one network, and so many more from all of them that no stranger locks anybody out. */
const wrongPasswords = { ofNetwork: { most: 10, seconds: 900 }, inAll: { most: 500, seconds: 900 } }
export const shortestPassword = 12

/** Who is signed in, and in which organization; `organization` is null for a person who belongs to none. */
export type SignedIn = {
  sessionId: string
  user: { id: string; name: string; email: string; language: string | null }
  organization: { id: string; name: string; role: Role } | null
}

export type SignIn = ReturnType<typeof openSignIn>

const answered = new Set(['/api/auth/sign-in/email', '/api/auth/sign-out'])

/** The address that a person signs in with, as it is stored. */
const emailOf = (body: { email?: unknown } | undefined) => String(body?.email).trim().toLowerCase()
const clientIpOf = (headers: Headers | undefined) => headers?.get('x-signet-client-ip') ?? ''

/** What a password that is about to be looked at counts against, in this order. */
function guessesOf(email: string, clientIp: string): { key: string; limit: Limit }[] {
  const keyOf = (...parts: string[]) =>
    `sign-in:${createHash('sha256')
      .update([email, ...parts].join('\n'))
      .digest('base64url')}`
  return [
    { key: keyOf(networkOf(clientIp)), limit: wrongPasswords.ofNetwork },
    { key: keyOf(), limit: wrongPasswords.inAll },
  ]
}

/** @param masterKey base64; the secret that signs cookies is derived from it (RFC 5869) */
export function openSignIn(options: {
  db: Db
  url: string
  masterKey: string
  now: () => Date
  log: Pick<Log, 'error'>
}) {
  const { db, now, log } = options
  const secret = Buffer.from(
    hkdfSync('sha256', Buffer.from(options.masterKey, 'base64'), '', 'signet sign-in', 32),
  ).toString('hex')
  const secure = options.url.startsWith('https:')
  const cookiePrefix = secure ? '__Host-signet' : 'signet'
  // A sandbox is reached by either name.
  const origins = [
    options.url,
    options.url.replace('//localhost', '//127.0.0.1'),
    options.url.replace('//127.0.0.1', '//localhost'),
  ].map((url) => new URL(url).origin)

  /**
   * Counts a password before it is looked at. What one network tries in vain does not count for the person any more, and
   * where the person is signed in already they are never locked out by others.
   * @throws DomainError `rate_limited`
   */
  const countGuess = async (email: string, clientIp: string) => {
    const [ofNetwork, inAll] = guessesOf(email, clientIp)
    if (ofNetwork) await count({ db, now }, ofNetwork.key, ofNetwork.limit)
    if (!inAll) return
    await count({ db, now }, inAll.key, inAll.limit).catch(async (error: unknown) => {
      const sessions = await db
        .select({ ip: session.ipAddress })
        .from(session)
        .innerJoin(user, eq(user.id, session.userId))
        .where(eq(user.email, email))
        .limit(100)
      if (!sessions.some(({ ip }) => ip && networkOf(ip) === networkOf(clientIp))) throw error
    })
  }
  const forgiveGuess = async (email: string, clientIp: string) => {
    for (const { key, limit } of guessesOf(email, clientIp)) await uncount({ db, now }, key, limit)
  }

  const auth = betterAuth({
    baseURL: options.url,
    secret,
    telemetry: { enabled: false },
    // Only errors, and of them only the words: what comes with them may name a person.
    logger: { log: (level, words) => level === 'error' && log.error({ words }, 'sign-in failed') },
    trustedOrigins: origins,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user, session, account: credential, verification: signInToken, rateLimit: signInLimit },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: 200,
      autoSignIn: false,
    },
    session: {
      expiresIn: sessionDays * 86_400,
      updateAge: 86_400,
      additionalFields: { organizationId: { type: 'string', required: false, input: false } },
    },
    user: { additionalFields: { language: { type: 'string', required: false, input: false } } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 60 } },
    },
    advanced: {
      // Not the library's `__Secure-`: the prefix below promises more, that no other host of the domain has set the cookie.
      useSecureCookies: false,
      // Left unsaid, NODE_ENV decides whether a request of another site counts.
      disableOriginCheck: false,
      cookiePrefix,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure },
      ipAddress: { ipAddressHeaders: ['x-signet-client-ip'] },
    },
    hooks: {
      before: createAuthMiddleware(async (hook) => {
        if (hook.path !== '/sign-in/email') return
        await countGuess(emailOf(hook.body), clientIpOf(hook.headers)).catch((error: unknown) => {
          if (!isDomainError(error)) throw error
          throw new APIError(
            'TOO_MANY_REQUESTS',
            { message: error.message, code: 'TOO_MANY_ATTEMPTS' },
            { 'X-Retry-After': String(error.data.retryAfter) },
          )
        })
      }),
      after: createAuthMiddleware(async (hook) => {
        if (hook.path !== '/sign-in/email' || hook.context.returned instanceof APIError) return
        await forgiveGuess(emailOf(hook.body), clientIpOf(hook.headers))
      }),
    },
  })

  const cookieName = `${cookiePrefix}.session_token`
  const find = db
    .select({
      sessionId: session.id,
      updatedAt: session.updatedAt,
      user: { id: user.id, name: user.name, email: user.email, language: user.language },
      organization: { id: organization.id, name: organization.name, role: member.role },
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(member, eq(member.userId, user.id))
    .leftJoin(organization, eq(organization.id, member.organizationId))
    .where(and(eq(session.token, sql.placeholder('token')), gt(session.expiresAt, sql.placeholder('now'))))
    .orderBy(sql`(${member.organizationId} = ${session.organizationId}) desc nulls last`, member.createdAt)
    .limit(1)
    .prepare('signed_in')

  return {
    /** Where pages of ours are. */
    origins,

    /** Answers the addresses of `/api/auth` that our pages use; the library's other ones would go past our rules. */
    handler: async (request: Request): Promise<Response> =>
      answered.has(new URL(request.url).pathname) ? auth.handler(request) : new Response(null, { status: 404 }),

    /** Whether the request has a cookie of ours, its session over or not. Asks nobody. */
    hasSignedIn: (headers: Headers): boolean => verifiedToken(headers.get('cookie'), cookieName, secret) !== undefined,

    /** Who the request is from. One query; the cookie's signature is checked before (better-call: `token.HMAC-SHA256`). */
    async signedIn(headers: Headers): Promise<SignedIn | null> {
      const token = verifiedToken(headers.get('cookie'), cookieName, secret)
      if (!token) return null
      const [row] = await find.execute({ token, now: now().toISOString() })
      if (!row) return null
      const { updatedAt, ...who } = row
      if (now().getTime() - updatedAt.getTime() > 86_400_000) {
        await db
          .update(session)
          .set({ updatedAt: now(), expiresAt: new Date(now().getTime() + sessionDays * 86_400_000) })
          .where(eq(session.id, row.sessionId))
      }
      const { id, name, role } = who.organization ?? {}
      return { ...who, organization: id && name && role ? { id, name, role } : null }
    },

    /** Adds a person who signs in with a password. @returns their id, or null when the address is taken */
    async addPerson(
      input: { name: string; email: string; password: string },
      within: Db | Tx = db,
    ): Promise<string | null> {
      const { password } = await auth.$context
      const at = { createdAt: now(), updatedAt: now() }
      const id = v7()
      const hash = await password.hash(input.password)
      return within.transaction(async (tx) => {
        const email = input.email.trim().toLowerCase()
        const added = await tx
          .insert(user)
          .values({ id, name: input.name, email, emailVerified: true, ...at })
          .onConflictDoNothing()
          .returning({ id: user.id })
        if (added.length === 0) return null
        await tx
          .insert(credential)
          .values({ id: v7(), accountId: id, providerId: 'credential', userId: id, password: hash, ...at })
        return id
      })
    },

    /** Whether an address has somebody who signs in with it. */
    async isKnown(email: string): Promise<boolean> {
      return (await db.select({ id: user.id }).from(user).where(eq(user.email, email.toLowerCase()))).length > 0
    },

    /**
     * Changes the password and ends every other session.
     * @returns false when the present one is wrong
     * @throws DomainError `rate_limited`, as signing in is
     */
    async changePassword(headers: Headers, input: { current: string; next: string }): Promise<boolean> {
      const context = await auth.$context
      const who = await this.signedIn(headers)
      if (!who) return false
      const guess = [who.user.email, clientIpOf(headers)] as const
      await countGuess(...guess)
      const stored = (await context.internalAdapter.findAccounts(who.user.id)).find(
        (candidate) => candidate.providerId === 'credential',
      )
      if (!stored?.password || !(await context.password.verify({ hash: stored.password, password: input.current })))
        return false
      await forgiveGuess(...guess)
      await context.internalAdapter.updatePassword(who.user.id, await context.password.hash(input.next))
      await db.delete(session).where(and(eq(session.userId, who.user.id), ne(session.id, who.sessionId)))
      return true
    },
  }
}

function verifiedToken(cookies: string | null, name: string, secret: string): string | undefined {
  const pair = cookies?.split(/;\s*/).find((cookie) => cookie.startsWith(`${name}=`))
  if (!pair) return undefined
  const value = safeDecode(pair.slice(name.length + 1))
  const dot = value.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = value.slice(0, dot)
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  const signature = Buffer.from(value.slice(dot + 1))
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? token : undefined
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
