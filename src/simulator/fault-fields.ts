/** Reads the fields of a fault by the rules of its kind. Promises values of the type and range that the rule names. */
import type { FaultFields, FaultRule, FieldRule, FieldValue } from './channel.ts'

/** A fault that cannot be set; the message says why. */
export class FaultError extends Error {}

/** @throws FaultError when it is given and not such a number */
export function readWhole(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new FaultError(`"${name}" must be a whole number from ${least} to ${most}.`)
}

function readText(name: string, value: unknown, oneOf: readonly string[] | undefined): string {
  if (oneOf && !oneOf.some((known) => known === value)) {
    throw new FaultError(`"${name}" must be one of: ${oneOf.join(', ')}.`)
  }
  if (typeof value !== 'string' || !value.trim() || value.length > 1000) {
    throw new FaultError(`"${name}" must be a text of at most 1000 characters.`)
  }
  return value
}

/** Nothing leaves this machine, receipts neither. */
function readLocalAddress(name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  const isLocal = url?.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (!url || !isLocal) throw new FaultError(`"${name}" must be an http address on this machine.`)
  return url.href
}

function readField(name: string, value: unknown, rule: FieldRule): FieldValue {
  switch (rule.type) {
    case 'whole':
      return readWhole(name, value, rule.least, rule.most)
    case 'text':
      return readText(name, value, rule.oneOf)
    case 'local_address':
      return readLocalAddress(name, value)
    case 'flag':
      if (typeof value !== 'boolean') throw new FaultError(`"${name}" must be true or false.`)
      return value
  }
}

/** @throws FaultError when a field is missing or wrong; fields that the rule does not name are not looked at. */
export function readFields(
  input: Record<string, unknown>,
  kind: string,
  rule: Pick<FaultRule, 'fields' | 'complaint'>,
): FaultFields {
  const fields: Record<string, FieldValue> = {}
  for (const [name, field] of Object.entries(rule.fields ?? {})) {
    if (input[name] !== undefined) fields[name] = readField(name, input[name], field)
    else if (field.needed) throw new FaultError(`"${kind}" needs "${name}".`)
    else if (field.usual !== undefined) fields[name] = field.usual
  }
  const complaint = rule.complaint?.(fields)
  if (complaint) throw new FaultError(complaint)
  return fields
}
