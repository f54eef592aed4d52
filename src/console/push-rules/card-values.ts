/** Values for the fields of a card: a guess to start from, and ones that are too long for it. Pure. */
import { examplesOf, type Field, fieldsOf, traitsOf } from '#channels/official-account/fields.ts'
import { entryOf } from '#channels/storable.ts'

/** Words of labels, by the variable that belongs there. The first that fits counts. */
const words: readonly (readonly [name: string, label: RegExp])[] = [
  ['device_key', /编号|编码|序列|标识|\bid\b|\bkey\b|serial/i],
  ['occurred_at', /时间|日期|time|date/i],
  ['alarm_level', /级别|等级|程度|level|severity/i],
  ['alarm_content', /内容|原因|详情|描述|事项|信息|content|reason|detail/i],
  ['device_name', /设备|名称|device|name/i],
  ['app_name', /应用|系统|平台|\bapp\b/i],
  ['account', /账号|用户|account|user/i],
]

/** A value of a moment fits nowhere but in a field for one, and the other way round. */
const isMoment = (name: string) => name === 'occurred_at'
const isForMoment = ({ type }: Field) => type === 'time' || type === 'date'
/** What takes a few approved or short words takes no text of an event. */
const takesText = ({ type }: Field) => ['thing', 'short_thing', 'free', 'character_string', 'const'].includes(type)

/**
 * A value for each field of a template: the one that it has, else a guess, each variable once. A field that takes approved
 * values only gets the one of the template's example, which is the only one that WeChat tells.
 */
export function guessValues(
  { text, example }: { text: string; example?: string | undefined },
  declared: readonly string[],
  kept: Readonly<Record<string, string>>,
): Record<string, string> {
  const fields = fieldsOf(text)
  const examples = examplesOf(text, example)
  const values: Record<string, string> = {}
  for (const { key } of fields) {
    const value = entryOf(kept, key)
    if (value) values[key] = value
  }
  const isTaken = (name: string) => Object.values(values).some((value) => value.includes(`\${${name}}`))
  for (const field of fields) {
    if (entryOf(values, field.key)) continue
    const approved = traitsOf(field.type).isListed && entryOf(examples, field.key)
    if (approved) values[field.key] = approved
    if (approved) continue
    const guess = words.find(
      ([name, label]) =>
        declared.includes(name) &&
        !isTaken(name) &&
        label.test(field.label) &&
        (isMoment(name) ? isForMoment(field) : takesText(field)),
    )
    if (guess) values[field.key] = `\${${guess[0]}}`
  }
  return values
}

/** Longer than any field of a card. */
const tooLong = 80

/** Values that are too long for every field: the same words over and over. A moment is as long as it is, whatever the event. */
export const lengthened = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const repeated = value.trim() || name
      const times = Math.ceil(tooLong / (repeated.length + 1))
      const isMoment = name === 'occurred_at' || name === 'held_back'
      return [name, isMoment ? value : Array.from({ length: times }, () => repeated).join(' ')]
    }),
  )
