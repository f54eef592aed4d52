/** How a message stands: the colour of its badge and the key of its word in `Status`. */
import type { MessageRow } from '#domain/sending/log/log.ts'
import type { Tone } from '../ui/state-badge.tsx'

export type MessageStatus = MessageRow['status']

const tones: Record<MessageStatus, Tone> = {
  queued: 'grey',
  sending: 'grey',
  sent: 'green',
  delivered: 'green',
  failed: 'red',
  unknown: 'amber',
  expired: 'amber',
}

/** What the log can be narrowed to: two questions that people ask, then each status in the order a message goes through them. */
export const statusFilters = ['problem', 'waiting', ...(Object.keys(tones) as MessageStatus[])] as const

export const isMessageStatus = (value: string): value is MessageStatus => Object.hasOwn(tones, value)

/** The tone and word of a message; one that is held back is told apart from one whose turn has not come. */
export const badgeOf = ({ status, waiting }: { status: MessageStatus; waiting: boolean }) =>
  waiting && status === 'queued'
    ? { tone: 'amber' as const, word: 'waiting' as const }
    : { tone: tones[status], word: status }

/** Whether nothing more happens to a message by itself. */
export const isFinal = (status: MessageStatus): boolean => status !== 'queued' && status !== 'sending'
