/** The JSON body of a call. Promises an object, and a refusal for anything else. */
import { isRecord } from '../faults.ts'
import { refusal } from './refusals.ts'

export function readJsonBody(body: string): Record<string, unknown> {
  if (!body.trim()) throw refusal(44002)
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw refusal(47001)
  }
  if (!isRecord(value)) throw refusal(47001)
  return value
}

/** A field that may be left out, but is a text when it is there. */
export function optionalText(body: Record<string, unknown>, name: string): string {
  const value = body[name] ?? ''
  if (typeof value !== 'string') throw refusal(47001)
  return value
}
