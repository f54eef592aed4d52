/** Structured logs, with everything that may be sensitive taken out by name. */
import { pino } from 'pino'

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
      err: (error: unknown) => (error instanceof Error ? describe(error) : { message: String(error) }),
    },
  })

type Described = { type: string; message: string; stack?: string; code?: unknown; cause?: Described }

function describe(error: Error, depth = 0): Described {
  const message = error.message.split('\nparams:')[0] ?? ''
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.name,
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
    ...(code === undefined ? {} : { code }),
    ...(error.cause instanceof Error && depth < 3 ? { cause: describe(error.cause, depth + 1) } : {}),
  }
}
