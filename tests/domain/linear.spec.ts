/**
 * No text of others takes more time than its length: what vendors, callers and authors write is read in one thread, which
 * everybody shares. Work is counted in time on the processor, so that a loaded machine says nothing.
 */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { checkEmailContent } from '#channels/email/check.ts'
import { EmailAddress } from '#channels/email/email.ts'
import { checkMapping, fill } from '#channels/mapping.ts'
import { cardOf } from '#channels/official-account/card.ts'
import { checkCard } from '#channels/official-account/check.ts'
import { checkValue, examplesOf, fieldsOf } from '#channels/official-account/fields.ts'
import { maskPhonesIn, normalisePhone } from '#channels/phone.ts'
import { parseTemplate } from '#channels/render.ts'
import { checkSms } from '#channels/sms/check.ts'
import { checkVoice } from '#channels/voice/check.ts'
import { deviceOf } from '#console/people/profile/device.ts'
import { templateTextFrom } from '#console/push-rules/rule-draft.ts'
import { preferredLocale } from '#console/shell/locale.ts'
import { scanCss } from '#console/templates/email/findings/client-findings.ts'
import { readTemplate } from '#console/templates/email/findings/reader.ts'
import { attributesOf, leadOf, scanTags } from '#console/templates/email/html-scan.ts'
import { markUnknown } from '#console/templates/email/preview/mark-unknown.ts'
import { normaliseHost } from '#providers/addresses.ts'
import { readableWords } from '#providers/aliyun/errors.ts'
import { receiptsFrom } from '#providers/aliyun/receipts.ts'
import { voiceTexts } from '#providers/aliyun/texts.ts'
import { chinaTime } from '#providers/reading.ts'
import { without } from '#providers/redaction.ts'
import { diagnose, redact } from '#providers/smtp/errors.ts'
import { composeMime } from '#providers/smtp/mime.ts'
import { readableWords as tencentWords } from '#providers/tencent/errors.ts'
import { numbered } from '#providers/tencent/lists.ts'
import { receiptsFrom as tencentReceipts } from '#providers/tencent/receipts.ts'
import { texts as tencentTexts } from '#providers/tencent/texts.ts'
import { TwilioConfig } from '#providers/twilio/account.ts'
import { readableWords as twilioWords } from '#providers/twilio/errors.ts'
import { receiptsFrom as twilioReceipts } from '#providers/twilio/receipts.ts'
import { wordsFrom } from '#providers/wechat/errors.ts'
import { flatXml } from '#providers/wechat/flat-xml.ts'

const scenario = { kind: 'verification' as const, variables: ['code', 'app_name'] }
const card = (text: string) => ({
  ...{
    templateId: 't',
    title: text,
    templateText: text,
    values: { a: text },
    jump: { kind: 'url' as const, url: text },
  },
})
const mail = (address: string, text: string) =>
  composeMime({
    from: { name: text, address: 'a@shop.example' },
    to: { address },
    ...{ subject: text, html: '', text: '', messageId: 'm@shop.example', date: new Date(0) },
  })
const twilioAccount = TwilioConfig.parse({ accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: 'Shop' })
const twilioPush = (body: string) =>
  twilioReceipts(
    {
      ...{ body, query: { message: body }, headers: { 'x-twilio-signature': body }, secret: 'token' },
      ...{ config: twilioAccount, secureOnly: false },
    },
    'https://signet.example.com',
  )
/** What a refused input throws is none of this. */
const tried = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text)
  } catch (error) {
    return error
  }
}

/** By what is read: everything that has a pattern or a loop for text that somebody else wrote. */
const readers: Record<string, (text: string) => unknown> = {
  'the reply of a mail server': (text) => {
    const response = `550 ${text}`
    const refused = Object.assign(new Error(response), { command: 'RCPT TO', responseCode: 550, response })
    const { words } = diagnose(refused, { host: text, encryption: 'none' })
    return redact(words, ['a secret'], text)
  },
  'a text with secrets to take out': (text) => [redact(text, ['secret'], text), without(text, ['secret', 'a a'])],
  'the words of Alibaba Cloud': readableWords,
  'the words of WeChat': wordsFrom,
  'the words of Tencent Cloud': tencentWords,
  'a receipt of Tencent Cloud': (text) =>
    tencentReceipts(
      JSON.stringify([{ sid: text, mobile: text, report_status: 'FAIL', errmsg: text, user_receive_time: text }]),
    ),
  'a template of Tencent Cloud': (text) => [
    numbered(text),
    checkMapping('m', `${text}\${1}`, { '1': { constant: text } }, scenario, tencentTexts.values),
  ],
  'the words of Twilio': twilioWords,
  'a push of Twilio': (text) => [twilioPush(text), twilioPush(new URLSearchParams({ MessageStatus: text }).toString())],
  'an account at Twilio': (text) => TwilioConfig.safeParse({ accountSid: text, authToken: text, from: text }),
  'a receipt of Alibaba Cloud': (text) => [
    receiptsFrom(JSON.stringify([{ phone_number: text, biz_id: text, err_code: text, report_time: text }])),
    chinaTime(text),
  ],
  'a push of WeChat': (text) => [flatXml(text), flatXml(`<xml>${text}</xml>`), flatXml(`<xml><A>${text}</A></xml>`)],
  'a template of WeChat': (text) => [fieldsOf(text), examplesOf(text, text), templateTextFrom(text)],
  'a card': (text) => [checkCard(card(text), scenario), cardOf(card(text), { code: '1' }, ['code'])],
  'a value of a card': (text) =>
    (['time', 'amount', 'phone_number', 'car_number', 'name', 'number', 'thing', 'date'] as const).map((type) =>
      checkValue(type, text),
    ),
  'a template of Alibaba Cloud': (text) => [
    fill(text, { a: { constant: 'x' } }, {}, []),
    checkMapping('m', `${text}\${a}`, { a: { constant: text } }, scenario, voiceTexts.values),
  ],
  'an SMS that is written here': (text) => checkSms({ text }, scenario),
  'a voice template': (text) =>
    checkVoice(
      {
        ttsCode: 'TTS_1',
        templateText: text,
        mapping: {},
        calledShowNumber: undefined,
        ...{ playTimes: 1, volume: 50, speed: 0 },
      },
      scenario,
      voiceTexts,
    ),
  'a mail address': (text) => [EmailAddress.safeParse(text), EmailAddress.safeParse(`${text}@shop.example`)],
  'a phone number': (text) => [normalisePhone(text), maskPhonesIn(text, '+8613900000001')],
  'a host': normaliseHost,
  'a header of a mail': tried((text) => [mail('a@shop.example', text), mail(text, 'x')]),
  'a header of a request': (text) => [preferredLocale(text), deviceOf(text)],
  'the source of a template': (text) => parseTemplate(text, scenario.variables),
  'the content of a template': (text) =>
    checkEmailContent({ subject: text, html: text, text, fromName: text }, scenario),
  'the tags of a template': (text) => scanTags(text, (tag) => attributesOf(text, tag)),
  'the styles of a template': scanCss,
  'the first words of a mail': leadOf,
  'an unknown variable in a preview': (text) => markUnknown(text, new Set()),
  'the findings of a template': (html) =>
    readTemplate({
      id: 1,
      content: { subject: '', html, text: '', fromName: undefined },
      variables: ['code'],
      values: { code: '1' },
    }),
}

const tokens = (
  'a 1 @ a@ = . - -- _ & &# &amp; % %41 a1 1a A_ A_1 LTAI rid: hint:[ string¶to¶sign limit¶ sending¶limit daily¶ exceed¶ ' +
  'size sender¶ mail¶from client¶host¶ 250-x 5.7.1 : ; , / /* */ ( ) [ ] { } {{ {{a {{a.DATA}} ${ ${a ${a} ${code} $< $<a $<code> ' +
  '\\ \\${ < > <a <a¶ <a> </a> </ <! <!-- --> <table><tr><td> <td><li> <b><i> <svg> <style> <style <script> <title> <img¶ <img¶src= ' +
  'src= href=" style=" background= url( display: opacity:0 font-size color-scheme: prefers-color-scheme <meta¶name= @media¶ x:y; x{ ' +
  '" \' | ! # ~ + zh;q= https: http:// www. a. a- qq QQ Version/ Version/1 Safari/ Chrome <![CDATA[ ]]> <A>x</A> <xml> 中 。 🙂'
)
  .split(' ')
  .map((token) => token.replaceAll('¶', ' '))
const spaces = [' ', '\n', '\t', '\r\n', '\u3000']
const all = [...tokens, ...spaces]

const processorTime = (read: () => unknown): number => {
  const before = process.cpuUsage()
  read()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
const lengths = { short: 2_000, long: 64_000 }
/** Milliseconds in which nothing is slow. What is linear takes a tenth of it for the long text, what is quadratic many times as much. */
const unremarkable = 150
/** How much more work 32 times the length may be: quadratic work is more than five times that. */
const mostGrowth = 150

type Shape = { before: string; unit: string; after: string }
const made = ({ before, unit, after }: Shape, length: number) =>
  before + unit.repeat(Math.ceil(length / unit.length)) + after

/** Whether reading it grows out of proportion, every time that it is tried. */
function isSlow(read: (text: string) => unknown, shape: Shape): boolean {
  const [short, long] = [made(shape, lengths.short), made(shape, lengths.long)]
  for (let turn = 0; turn < 3; turn++) {
    const cost = processorTime(() => read(long))
    if (cost <= unremarkable || cost <= mostGrowth * processorTime(() => read(short))) return false
  }
  return true
}

const shapes = fc.record({
  before: fc.array(fc.constantFrom(...all), { maxLength: 2 }).map((parts) => parts.join('')),
  unit: fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 2 }).map((parts) => parts.join('')),
  after: fc.constantFrom('', 'x', '{{a.DATA}}', '>'),
})
/** A row of blanks or of one word between two others, where patterns that begin or end in one start anew at each. */
const plain = all.flatMap((unit): Shape[] => [
  { before: '', unit, after: '' },
  { before: 'x', unit, after: 'y{{a.DATA}}' },
])
const rowsOfBlanks = tokens.map((before): Shape => ({ before, unit: ' ', after: 'x' }))

for (const [what, read] of Object.entries(readers)) {
  test(`${what} is read in time linear in its length`, () => {
    const random = fc.sample(shapes, { numRuns: 40, seed: 11 })
    expect([...plain, ...rowsOfBlanks, ...random].filter((shape) => isSlow(read, shape))).toEqual([])
  })
}
