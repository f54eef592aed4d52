/** What SendSms and SendBatchSms ask for, number by number, before any business rule is looked at. */
import type { Parameters } from './parameters.ts'
import { refusal } from './refusals.ts'

/** One SMS to one number. `values` is the JSON text that came for the template. */
export type Order = { number: string; signName: string; values: string | undefined }

const mostNumbers = 1000
const mostInBatch = 100

const splitNumbers = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((number) => number.trim())
    .filter(Boolean)

function readArray(text: string | undefined): unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text ?? '')
  } catch {
    throw refusal('isv.INVALID_JSON_PARAM')
  }
  if (!Array.isArray(value)) throw refusal('isv.INVALID_JSON_PARAM')
  return value
}

export function readOrders(parameters: Parameters): Order[] {
  const numbers = splitNumbers(parameters.get('PhoneNumbers'))
  if (numbers.length > mostNumbers) throw refusal('isv.MOBILE_COUNT_OVER_LIMIT')
  const signName = parameters.get('SignName') ?? ''
  return numbers.map((number) => ({ number, signName, values: parameters.get('TemplateParam') }))
}

/** The arrays of a batch must be of one length. */
export function readBatch(parameters: Parameters): Order[] {
  const numbers = readArray(parameters.get('PhoneNumberJson'))
  if (numbers.length > mostInBatch) throw refusal('isv.MOBILE_COUNT_OVER_LIMIT')
  const signNames = readArray(parameters.get('SignNameJson'))
  const given = parameters.get('TemplateParamJson')
  const values = given ? readArray(given) : undefined
  if (signNames.length !== numbers.length || (values && values.length !== numbers.length)) {
    throw refusal('isv.INVALID_PARAMETERS')
  }
  return numbers.map((number, index) => ({
    number: String(number),
    signName: String(signNames[index]),
    values: values && JSON.stringify(values[index]),
  }))
}

export const orderedNumbers = (parameters: Parameters): string[] => splitNumbers(parameters.get('PhoneNumbers'))

/** Numbers that cannot be read are refused later; here they only mean that no recipient is known. */
export function batchNumbers(parameters: Parameters): string[] {
  try {
    return readArray(parameters.get('PhoneNumberJson')).map(String)
  } catch {
    return []
  }
}
