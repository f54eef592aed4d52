/** tRPC's ground: who a call is from, the procedures, and the one map from domain errors to answers. */
import { getTRPCErrorFromUnknown, initTRPC, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { ZodError } from 'zod'
import type { Ctx } from '#domain/base/ctx.ts'
import { type DomainErrorCode, type ErrorData, isDomainError, isUnavailable } from '#domain/base/errors.ts'
import { problemsFrom } from '#domain/base/problems.ts'
import { parts } from '#platform/parts.ts'
import type { SignedIn } from '#platform/sign-in.ts'
import { countVisit } from './visitors.ts'

/** Reads who is asking from the request's headers. */
export async function createContext(headers: Headers) {
  const { signIn } = parts()
  const clientIp = headers.get('x-signet-client-ip') ?? ''
  const requestId = headers.get('x-request-id') ?? 'none'
  try {
    return { headers, clientIp, requestId, who: await signIn.signedIn(headers) }
  } catch (error) {
    throw mapped(error, { path: 'who is asking', requestId })
  }
}

type Context = Awaited<ReturnType<typeof createContext>>

/** What the browser learns of an error: a stable code and data for the form; nothing of an internal one. */
export type ErrorShape = { code: DomainErrorCode | 'unavailable' | 'internal'; data: ErrorData; requestId: string }

const statusOf: Record<DomainErrorCode, TRPCError['code']> = {
  unauthorized: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid_request: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  unknown_scenario: 'NOT_FOUND',
  recipient_invalid: 'UNPROCESSABLE_CONTENT',
  missing_variables: 'UNPROCESSABLE_CONTENT',
  unknown_variables: 'UNPROCESSABLE_CONTENT',
  channel_not_configured: 'UNPROCESSABLE_CONTENT',
  template_not_configured: 'UNPROCESSABLE_CONTENT',
  template_not_usable: 'UNPROCESSABLE_CONTENT',
  idempotency_conflict: 'UNPROCESSABLE_CONTENT',
  rate_limited: 'TOO_MANY_REQUESTS',
  codes_blocked: 'TOO_MANY_REQUESTS',
  codes_stopped: 'FORBIDDEN',
  provider_unavailable: 'BAD_GATEWAY',
}

/** What tRPC refuses by itself. */
const ownCodes: Partial<Record<TRPCError['code'], DomainErrorCode>> = {
  UNAUTHORIZED: 'unauthorized',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not_found',
  BAD_REQUEST: 'invalid_request',
  PARSE_ERROR: 'invalid_request',
  METHOD_NOT_SUPPORTED: 'invalid_request',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_request',
  PAYLOAD_TOO_LARGE: 'invalid_request',
}

function shapeOf(error: TRPCError, requestId: string): ErrorShape {
  const { cause } = error
  if (isDomainError(cause)) return { code: cause.code, data: cause.data, requestId }
  if (isUnavailable(error)) return { code: 'unavailable', data: {}, requestId }
  if (cause instanceof ZodError) return { code: 'invalid_request', data: { fields: problemsFrom(cause) }, requestId }
  return { code: ownCodes[error.code] ?? 'internal', data: {}, requestId }
}

/** Our own words, and tRPC's where it refuses a request as a whole; what names internals is replaced by the code. */
function messageOf(error: TRPCError, code: ErrorShape['code']): string {
  if (code === 'internal') return 'Internal error'
  return isDomainError(error.cause) || (error.code === 'BAD_REQUEST' && !error.cause) ? error.message : code
}

const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error, ctx }) {
    const domain = shapeOf(error, ctx?.requestId ?? 'none')
    return {
      ...shape,
      message: messageOf(error, domain.code),
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, domain },
    }
  },
})

type Call = { path: string; requestId: string }

/**
 * The one place where errors change their clothes. What is not a domain error is logged whole and leaves as "Internal error",
 * or as `unavailable` where it is for want of a database.
 */
function mapped(error: unknown, { path, requestId }: Call): unknown {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error
  if (isDomainError(cause)) return new TRPCError({ code: statusOf[cause.code], message: cause.message, cause })
  const isOurs = !(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR'
  if (isOurs) parts().log.error({ err: cause, path, requestId }, 'a procedure failed')
  if (!isUnavailable(cause)) return error
  // The one thing about an error that Next hands on from a page's rendering to what stands in its place.
  return Object.assign(new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause }), { digest: 'unavailable' })
}

/** What a call is answered that no procedure stands behind, in the form of those. */
export function refusalOf(error: unknown, call: Call): { status: number; message: string; domain: ErrorShape } {
  const known = getTRPCErrorFromUnknown(mapped(error, call))
  const domain = shapeOf(known, call.requestId)
  return { status: getHTTPStatusCodeFromError(known), message: messageOf(known, domain.code), domain }
}

const isStream = (data: unknown): data is AsyncIterable<unknown> =>
  typeof data === 'object' && data !== null && Symbol.asyncIterator in data

/** A stream fails after its procedure has answered. */
async function* mappedStream(stream: AsyncIterable<unknown>, call: Call): AsyncGenerator<unknown> {
  try {
    yield* stream
  } catch (error) {
    throw mapped(error, call)
  }
}

const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const call = { path, requestId: ctx.requestId }
  const result = await next()
  if (!result.ok) {
    const error = mapped(result.error, call)
    if (error !== result.error) throw error
    return result
  }
  return isStream(result.data) ? { ...result, data: mappedStream(result.data, call) } : result
})

export const router = t.router
export const callerFactory = t.createCallerFactory

/** For anybody at all, as often as they like: for what is answered from memory. */
export const openProcedure = t.procedure.use(mapErrors)

/** For anybody at all, some times a minute from one address: set-up and invitations. */
export const visitorProcedure = openProcedure.use(({ ctx, next }) => {
  if (!ctx.who) countVisit(ctx.clientIp)
  return next()
})

/** For anybody who is signed in, member of an organization or not. */
export const signedInProcedure = openProcedure.use(async ({ ctx, next }) => {
  if (!ctx.who) throw new TRPCError({ code: 'UNAUTHORIZED' })
  return next({ ctx: { ...ctx, who: ctx.who } })
})

/** For a member of an organization: `ctx.domain` is what every verb takes. */
export const procedure = signedInProcedure.use(async ({ ctx, next }) => {
  if (!ctx.who.organization) throw new TRPCError({ code: 'FORBIDDEN' })
  return next({ ctx: { ...ctx, domain: domainContext(ctx.who, ctx.who.organization) } })
})

function domainContext(who: SignedIn, organization: NonNullable<SignedIn['organization']>): Ctx {
  const { user } = who
  return parts().contextFor({
    kind: 'user',
    id: user.id,
    name: user.name,
    email: user.email,
    organizationId: organization.id,
    role: organization.role,
  })
}
