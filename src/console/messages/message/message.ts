/** A message as its page shows it. */
import type { getMessage } from '#domain/sending/log/message.ts'

export type Message = Awaited<ReturnType<typeof getMessage>>
export type MessageEvent = Message['events'][number]
