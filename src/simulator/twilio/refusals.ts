/** Twilio's refusals: a code of five digits, with the HTTP status that it comes with. */
import { json, type Reply } from '../http.ts'

/** A request that is refused with this code. */
export class Refusal extends Error {
  readonly code: number
  readonly status: number
  constructor(code: number, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

const known: Record<number, [message: string, status?: number]> = {
  20003: ['Authenticate', 401],
  20404: ['The requested resource was not found', 404],
  20429: ['Too Many Requests', 429],
  20500: ['An internal server error has occurred', 500],
  21211: ["The 'To' number is not a valid phone number."],
  21602: ['Message body is required.'],
  21603: ["A 'From' phone number is required."],
  21604: ["A 'To' phone number is required."],
  21606: ["The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination."],
  21609: ['The StatusCallback URL is not a valid URL.'],
  21617: ['The concatenated message body exceeds the 1600 character limit'],
  21701: ['The Messaging Service does not exist.'],
}

export function refusal(code: number, message?: string): Refusal {
  const [usual = 'The request was refused.', status] = known[code] ?? []
  return new Refusal(code, message ?? usual, status)
}

export const refusalReply = ({ code, message, status }: Refusal): Exclude<Reply, 'reset'> =>
  json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })
