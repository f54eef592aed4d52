/** Texts of any content for properties. The units that fast-check has of its own take half a second to make in each process. */
import fc from 'fast-check'

const upTo = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((point) => String.fromCodePoint(point))
const printable = upTo(0x20, 0x7e)
const control = upTo(0, 0x1f)
const latin = upTo(0x7f, 0x24f)
const ideograph = upTo(0x4e00, 0x9fff)
const basic = upTo(0, 0xd7ff)
const beyond = upTo(0xe000, 0x10ffff)
const joined = fc.constantFrom(
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '🇨🇳',
  '☎️',
  '각',
  '\u202eabc',
  '\ufeff',
  '__proto__',
  'constructor',
)
const lone = upTo(0xd800, 0xdfff)

const readable = fc.oneof(printable, printable, latin, ideograph, basic, beyond, joined)
const any = fc.oneof(readable, control, lone)

type Length = { minLength?: number; maxLength?: number }

/** Well-formed text, as people write it and worse. */
export const wellFormedText = (length: Length = {}): fc.Arbitrary<string> => fc.string({ unit: readable, ...length })

/** Text of any code units, halves of surrogate pairs among them. */
export const anyText = (length: Length = {}): fc.Arbitrary<string> => fc.string({ unit: any, ...length })
