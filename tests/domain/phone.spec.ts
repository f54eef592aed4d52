/** Phone numbers: one form for each, and none for what is in doubt. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { dialled, isMainland, isMainlandMobile, maskPhone, maskPhonesIn, normalisePhone } from '#channels/phone.ts'
import { wellFormedText } from '../support/any-text.ts'

const spellings: [number: string, written: string[]][] = [
  [
    '+8613800138000',
    [
      '+8613800138000',
      '8613800138000',
      '008613800138000',
      '13800138000',
      ' +86 138-0013-8000 ',
      '+8613800138000\n',
      '１３８００１３８０００',
      '138–0013–8000',
      '+86 (0)13800138000',
    ],
  ],
  ['+8619912345678', ['19912345678']],
  [
    '+8657187654321',
    ['057187654321', '0571-87654321', '(0571) 87654321', '+8657187654321', '+86057187654321', '8657187654321'],
  ],
  ['+861012345678', ['01012345678', '+86 10 1234 5678']],
  ['+85291234567', ['+85291234567', '0085291234567', '+852 9123 4567']],
  ['+85366123456', ['+85366123456']],
  ['+886912345678', ['+886912345678', '+886 0912 345 678']],
  ['+12025550123', ['+12025550123', '+1 (202) 555-0123', '0012025550123']],
  ['+447911123456', ['+447911123456', '+44 07911 123456']],
]
for (const [number, written] of spellings) {
  for (const text of written) {
    test(`${JSON.stringify(text)} is ${number}`, () => {
      expect(normalisePhone(text)).toBe(number)
    })
  }
}

for (const text of [
  '',
  '10086',
  '1380013800',
  '138001380001',
  '+861380013800',
  '+86138001380001',
  '12345678901',
  '85291234567',
  '4001234567',
  '+864001234567',
  '+86',
  '+',
  '00',
  '+999123456789',
  '+8613800138000 ext 5',
  '+8613800138000;ext=5',
  'tel:+8613800138000',
  '138001380oo',
  '13800138000,13800138001',
  '٠١٢٣',
  `+${'1'.repeat(60)}`,
]) {
  test(`${JSON.stringify(text)} is no number`, () => {
    expect(normalisePhone(text)).toBeUndefined()
  })
}

test('a normal form is its own normal form, and no text breaks the reading', () => {
  fc.assert(
    fc.property(wellFormedText({ maxLength: 45 }), (text) => {
      const number = normalisePhone(text)
      if (number !== undefined) expect(normalisePhone(number)).toBe(number)
    }),
  )
  const digits = fc.array(fc.constantFrom(...'0123456789+- '), { maxLength: 20 }).map((units) => units.join(''))
  fc.assert(
    fc.property(digits, (text) => {
      const number = normalisePhone(text)
      if (number === undefined) return
      expect(number).toMatch(/^\+[1-9]\d{5,14}$/)
      expect(normalisePhone(number)).toBe(number)
    }),
  )
})

test('Hong Kong, Macao and Taiwan are not the mainland', () => {
  expect(['+8613800138000', '+85291234567', '+85366123456', '+886912345678', '+12025550123'].map(isMainland)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
  expect(['+8613800138000', '+8657187654321', '+85291234567'].map(isMainlandMobile)).toEqual([true, false, false])
})

test('a number is dialled as the country writes it', () => {
  expect(['+8613800138000', '+8657187654321', '+861012345678', '+85291234567'].map(dialled)).toEqual([
    '13800138000',
    '057187654321',
    '01012345678',
    '85291234567',
  ])
})

test('a masked number keeps its ends', () => {
  expect(maskPhone('+8613800138000')).toBe('+86138••••8000')
  expect(maskPhone('+85291234567')).toBe('+852••••4567')
  expect(maskPhone('+1234')).toBe('+1••••')
})

for (const [number, written] of spellings) {
  test(`${number} is masked within a text, however it is spelt there`, () => {
    const plain = written.filter((text) => !/[^\x20-\x7e]/.test(text))
    for (const text of plain) {
      const said = maskPhonesIn(`Call ${text.trim()} now, not 10086`, number)
      expect(said).toContain(maskPhone(number))
      expect(said.replaceAll(/\D/g, '')).not.toContain(number.slice(-8))
      expect(said).toMatch(/^Call \S.* now, not 10086$/)
    }
  })
}
