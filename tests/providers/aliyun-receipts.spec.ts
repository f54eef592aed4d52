/** What Alibaba Cloud pushes: read whatever it holds, known or not. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import type { Receipt } from '#channels/answers.ts'
import { daysOf, receiptAnswer, receiptsFrom, writtenDay } from '#providers/aliyun/receipts.ts'
import { chinaTime } from '#providers/reading.ts'

const read = (...items: unknown[]): Receipt[] | undefined => receiptsFrom(JSON.stringify(items))

const smsReport = {
  phone_number: '13900000001',
  success: true,
  err_code: 'DELIVERED',
  err_msg: '用户接收成功',
  send_time: '2026-11-20 10:00:01',
  report_time: '2026-11-20 10:00:07',
  sms_size: '1',
  biz_id: '512304768812345678^0',
  out_id: 'ntf-42',
}
const voiceReport = {
  call_id: '116000000001^102000000001',
  out_id: 'ntf-42',
  caller: '057100000000',
  callee: '13900000001',
  voice_type: 'voice',
  status_code: '200000',
  status_msg: '用户听完',
  smart_status_code: 'ANSWERED',
  start_time: '2026-11-20 10:00:08',
  end_time: '2026-11-20 10:00:31',
  duration: '23',
}

test('an SMS report says what became of the message, by its id and our reference', () => {
  expect(read(smsReport)).toEqual([
    {
      kind: 'outcome',
      providerMessageId: '512304768812345678^0',
      reference: 'ntf-42',
      to: '+8613900000001',
      state: 'delivered',
      code: 'DELIVERED',
      detail: '用户接收成功',
      at: new Date('2026-11-20T02:00:07Z'),
    },
  ])
})

for (const [what, change, expected] of [
  ['a failure', { success: false, err_code: 'MOBILE_IN_BLACK' }, { state: 'failed', code: 'MOBILE_IN_BLACK' }],
  ['an unknown failure', { success: false, err_code: 'OF_TOMORROW' }, { state: 'failed', code: 'OF_TOMORROW' }],
  ['no end yet', { success: false, err_code: 'REQUEST_SUCCESS' }, { state: 'pending', code: 'REQUEST_SUCCESS' }],
  ['success as text', { success: 'true' }, { state: 'delivered' }],
  ['a number abroad', { phone_number: '85291234567' }, { to: '+85291234567' }],
  ['no reference', { out_id: undefined }, { reference: '' }],
  ['a field of tomorrow', { of_tomorrow: { a: [1] } }, { state: 'delivered' }],
] as const) {
  test(`an SMS report with ${what} is read`, () => {
    expect(read({ ...smsReport, ...change })).toMatchObject([expected])
  })
}

test('a voice report says how the call ended, and events on the way that it goes on', () => {
  expect(read(voiceReport)).toEqual([
    {
      kind: 'outcome',
      providerMessageId: '116000000001^102000000001',
      reference: 'ntf-42',
      to: '+8613900000001',
      state: 'delivered',
      code: '200000',
      detail: '用户听完',
      at: new Date('2026-11-20T02:00:31Z'),
    },
  ])
  expect(read({ ...voiceReport, status_code: '200010' })).toMatchObject([{ state: 'failed', code: '200010' }])
  const event = { call_id: '1^2', status_code: '200102', status_time: '2026-11-20 10:00:08', out_id: 'x', dtmf: '' }
  expect(read(event)).toMatchObject([{ state: 'pending', code: '200102', at: new Date('2026-11-20T02:00:08Z') }])
})

test('a record report, which does not say how the call ended, is passed over', () => {
  expect(read({ call_id: '1^2', status_code: '200000', record_file: 'x.wav', out_id: 'x' })).toEqual([])
})

test('a reply of a recipient is read with its words', () => {
  const reply = {
    phone_number: '13900000001',
    content: 'TD',
    send_time: '2026-11-20 10:03:00',
    dest_code: '1069',
    sequence_id: 1,
  }
  expect(read(reply)).toEqual([
    { kind: 'reply', from: '+8613900000001', text: 'TD', at: new Date('2026-11-20T02:03:00Z') },
  ])
  expect(read({ ...reply, sign_name: '运维告警' })).toMatchObject([{ kind: 'reply' }])
})

test('reviews of signatures and templates are read with their reason', () => {
  expect(
    read(
      { sign_name: '运维告警', sign_status: 'rejected', reason: '资质不符', orderId: '1' },
      { template_code: 'SMS_1', template_status: 'approved', template_name: 'x', reason: '', remark: '' },
      { template_code: 'SMS_2', template_status: 'approving', order_id: '3' },
    ),
  ).toEqual([
    { kind: 'signature_review', name: '运维告警', state: 'rejected', reason: '资质不符' },
    { kind: 'template_review', code: 'SMS_1', state: 'approved', reason: '' },
    { kind: 'template_review', code: 'SMS_2', state: 'in_review', reason: '' },
  ])
})

test('many items come in the order of the push, repeats alike, and those that are nothing are passed over', () => {
  const found = read(smsReport, null, 7, 'x', [], {}, { success: true }, voiceReport, smsReport) ?? []
  expect(found).toHaveLength(3)
  expect(found[2]).toEqual(found[0])
})

test('one item alone is read, and what is no push is told apart', () => {
  expect(receiptsFrom(JSON.stringify(smsReport))).toHaveLength(1)
  expect(receiptsFrom('[]')).toEqual([])
  for (const body of ['', 'x', '7', '"x"', 'null', 'true', '[{]']) expect(receiptsFrom(body)).toBeUndefined()
})

test('no push of any content breaks the reading', () => {
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom('2026-13-45 99:99:99', '200000', true))
  const names = fc.constantFrom(
    ...Object.keys({ ...smsReport, ...voiceReport, template_code: 1, template_status: 1, content: 1 }),
  )
  fc.assert(
    fc.property(fc.array(fc.dictionary(names, values)), (items) => {
      for (const receipt of read(...items) ?? []) {
        if ('at' in receipt) expect(Number.isNaN(receipt.at?.getTime())).toBe(false)
      }
    }),
  )
})

test('the answer is what the service takes as received', () => {
  expect(receiptAnswer).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' })
  expect(JSON.parse(receiptAnswer.body)).toMatchObject({ code: 0 })
})

test('times are those of China, and what is no time is none', () => {
  expect(chinaTime(' 2026-11-20 00:00:07')).toEqual(new Date('2026-11-19T16:00:07Z'))
  for (const wrong of ['', undefined, 'soon', '2026-13-01 00:00:00', 7]) expect(chinaTime(wrong)).toBeUndefined()
})

test('a message is looked for under its day of China, and around midnight under both', () => {
  const now = new Date('2026-12-01T00:00:00Z')
  const written = (at: string) => daysOf(new Date(at), now).map(writtenDay)
  expect(written('2026-11-20T02:00:00Z')).toEqual(['20261120'])
  expect(written('2026-11-20T16:01:00Z')).toEqual(['20261120', '20261121'])
  expect(written('2026-11-20T15:59:00Z')).toEqual(['20261120', '20261121'])
  const sentAt = new Date('2026-11-20T15:59:00Z')
  expect(daysOf(sentAt, new Date('2026-11-20T15:59:30Z')).map(writtenDay)).toEqual(['20261120'])
})
