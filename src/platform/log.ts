/** Structured logs, with everything that may be sensitive taken out by name. */
import { type Logger, type LoggerOptions, pino } from 'pino'
import { isUnavailable } from '#domain/base/errors.ts'

const sensitive = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'key',
  'code',
  'to',
  'recipient',
  'variables',
  'email',
  'phone',
  'config',
  'html',
  'text',
]

/** @param name of the process: `web` or `worker` */
export const openLog = (name: string, level: string) =>
  pino({
    name,
    level,
    redact: { paths: sensitive.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    serializers: {
      // A database error carries the statement's parameters; only what cannot hold a value is kept.
      err: (error: unknown) => (isLikeError(error) ? describe(error) : { message: String(error) }),
    },
    hooks: { logMethod: outagesOncePerSecond() },
  })

/** Ends the process on an error that nobody caught, since nothing is known of its state: it is started again. */
export function endOnUncaught(log: Pick<Logger, 'fatal'>): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught ends this process')
    process.exit(1)
  })
}

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>

/** While the database is away everything fails, for one cause: that is told in its words, once a second. */
function outagesOncePerSecond(): LogMethod {
  const lastWritten = new Map<string, number>()
  return function (args, write) {
    const [data, during] = args as [unknown, string?]
    const error = typeof data === 'object' && data !== null && 'err' in data ? data.err : undefined
    if (!isUnavailable(error)) return write.apply(this, args)
    const why = innermost(error)
    const now = performance.now()
    if (now - (lastWritten.get(why) ?? Number.NEGATIVE_INFINITY) < 1000) return
    if (lastWritten.size > 100) lastWritten.clear()
    lastWritten.set(why, now)
    write.apply(this, [{ err: { name: 'DatabaseUnavailable', message: why }, during }, 'the database is not available'])
  }
}

/** What is at the bottom of an error that wraps others. */
const innermost = (error: unknown): string =>
  isLikeError(error) && isLikeError(error.cause) && isUnavailable(error.cause)
    ? innermost(error.cause)
    : isLikeError(error)
      ? error.message
      : String(error)

/** Some libraries hand on a copy of an error's fields. */
const isLikeError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'

type Described = { type: string; message: string; stack?: string; errorCode?: unknown; cause?: Described }

function describe(error: Error, depth = 0): Described {
  const message = error.message.split('\nparams:')[0] ?? ''
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.name ?? 'Error',
    message: message.slice(0, 2000),
    ...(error.stack
      ? {
          stack: error.stack
            .split('\n')
            .filter((line) => /^\s+at /.test(line))
            .slice(0, 12)
            .join('\n'),
        }
      : {}),
    // Not `code`, which is the name of what people are sent.
    ...(code === undefined ? {} : { errorCode: code }),
    ...(isLikeError(error.cause) && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  }
}
