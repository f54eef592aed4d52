/** What WeChat pushes: whose it is, and what it says, whatever somebody else makes of it. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { callbackKeys, challengeAnswer, nonceOf, receiptAnswer, receiptsFrom } from '#providers/wechat/callback.ts'
import { flatXml } from '#providers/wechat/flat-xml.ts'
import { wechat } from '#providers/wechat/wechat.ts'
import { memoryTokens } from '../support/token-store.ts'

const secret = 'Zm9yIHRoaXMgc3BlYyBvbmx5LCBhbmQgbm8gb3RoZXI'
const appId = 'wx0123456789abcdef'
type CardPush = Parameters<typeof receiptsFrom>[0]
const now = new Date('2026-11-20T02:00:00Z')
const seconds = String(now.getTime() / 1000)
const { token, aesKey } = callbackKeys(secret)

const sign = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex')

const report = (status = 'success', more = '') => `<xml>
  <ToUserName><![CDATA[gh_0000000000ab]]></ToUserName>
  <FromUserName><![CDATA[oAbCdEfGhIjKlMnOpQrStUvWxYz0]]></FromUserName>
  <CreateTime>1795140000</CreateTime>
  <MsgType><![CDATA[event]]></MsgType>
  <Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>
  <MsgID>3123456789012345678</MsgID>
  <Status><![CDATA[${status}]]></Status>${more}
</xml>`

/** A push as WeChat signs it, unless something of it is changed. */
function plain(body: string, change: Partial<CardPush['query']> = {}, keys = { token }): CardPush {
  const { timestamp = seconds, nonce = '1372623149' } = change
  const query = { signature: sign(keys.token, timestamp, nonce), timestamp, nonce, openid: 'o1', ...change }
  return { body, query, headers: {}, secret, config: { appId }, secureOnly: false }
}

/** The same in the mode in which its body is encrypted. */
function sealed(
  xml: string,
  change: { appId?: string; key?: string; token?: string; padding?: number } = {},
): CardPush {
  const key = Buffer.from(`${change.key ?? aesKey}=`, 'base64')
  const text = Buffer.from(xml)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const content = Buffer.concat([randomBytes(16), length, text, Buffer.from(change.appId ?? appId)])
  const padding = change.padding ?? 32 - (content.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const whole = Buffer.concat([content, Buffer.alloc(32 - (content.length % 32), padding)])
  const encrypted = Buffer.concat([cipher.update(whole), cipher.final()]).toString('base64')
  const body = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  const push = plain(body, { encrypt_type: 'aes' })
  const nonce = push.query.nonce ?? ''
  return { ...push, query: { ...push.query, msg_signature: sign(change.token ?? token, seconds, nonce, encrypted) } }
}

const outcome = {
  kind: 'outcome',
  providerMessageId: '3123456789012345678',
  reference: '',
  to: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0',
  state: 'delivered',
  code: 'success',
  detail: '',
  at: new Date(1_795_140_000_000),
}

test('the keys of an address are of WeChat’s form, always the same, and of that address alone', () => {
  expect(token).toMatch(/^[A-Za-z0-9]{32}$/)
  expect(aesKey).toMatch(/^[A-Za-z0-9]{43}$/)
  expect(callbackKeys(secret)).toEqual({ token, aesKey })
  const many = Array.from({ length: 300 }, (_, at) => callbackKeys(`${secret}${at}`))
  expect(new Set(many.flatMap((keys) => [keys.token, keys.aesKey])).size).toBe(600)
  // Read strictly, a key says nothing but its bytes.
  const bytes = many.map((keys) => Buffer.from(`${keys.aesKey}=`, 'base64'))
  expect(bytes.filter(({ length }) => length !== 32)).toEqual([])
  expect(bytes.map((read) => read.toString('base64'))).toEqual(many.map((keys) => `${keys.aesKey}=`))
  const used = new Set(many.flatMap((keys) => [...keys.token, ...keys.aesKey]))
  expect(used.size).toBe(62)
})

for (const [mode, make] of [
  ['in plain text', plain],
  ['encrypted', sealed],
] as const) {
  test(`an event ${mode} says what became of a message`, () => {
    expect(receiptsFrom(make(report()), now)).toEqual([outcome])
  })

  test(`whatever else an account is told ${mode} is nothing`, () => {
    const said = report().replace('TEMPLATESENDJOBFINISH', 'subscribe')
    const message = `<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[</xml> <b> ]] 你好]]></Content></xml>`
    for (const body of [said, message, report().replace('3123456789012345678', 'x'), '<xml></xml>']) {
      expect(receiptsFrom(make(body), now)).toEqual([])
    }
  })
}

for (const [status, state, code] of [
  ['success', 'delivered', 'success'],
  ['failed:user block', 'failed', 'user block'],
  ['failed: system failed', 'failed', 'system failed'],
  ['failed:freq limit', 'failed', 'freq limit'],
  ['failed:', 'failed', 'failed'],
  ['failed', 'failed', 'failed'],
  ['of tomorrow', 'pending', 'of tomorrow'],
  [`failed:${'x'.repeat(500)}`, 'failed', 'x'.repeat(100)],
] as const) {
  test(`the status ${JSON.stringify(status.slice(0, 30))} is ${state}`, () => {
    expect(receiptsFrom(plain(report(status)), now)).toEqual([{ ...outcome, state, code }])
  })
}

const forged: [what: string, push: CardPush][] = [
  ['without a signature', plain(report(), { signature: undefined })],
  ['with another signature', plain(report(), { signature: '0'.repeat(40) })],
  ['with half a signature', plain(report(), { signature: sign(token, seconds, '1372623149').slice(0, 39) })],
  ['with a signature in capitals', plain(report(), { signature: sign(token, seconds, '1').toUpperCase(), nonce: '1' })],
  ['with the keys of another address', plain(report(), {}, callbackKeys('another'))],
  ['with another nonce than was signed', { ...plain(report()), query: { ...plain(report()).query, nonce: '2' } }],
  ['without a nonce', plain(report(), { nonce: '' })],
  ['without a time', plain(report(), { timestamp: '' })],
  ['of a time that is none', plain(report(), { timestamp: 'now' })],
  ['of six minutes ago', plain(report(), { timestamp: String(Number(seconds) - 360) })],
  ['of in six minutes', plain(report(), { timestamp: String(Number(seconds) + 360) })],
  ['encrypted, signed by another', sealed(report(), { token: callbackKeys('another').token })],
  ['encrypted with another key', sealed(report(), { key: callbackKeys('another').aesKey })],
  ['encrypted for another account', sealed(report(), { appId: 'wxfedcba9876543210' })],
  ['encrypted for no account', sealed(report(), { appId: '' })],
  ['with a padding of nothing', sealed(report(), { padding: 0 })],
  ['with a padding that is longer than a block', sealed(report(), { padding: 33 })],
  ['said to be encrypted, in plain text', plain(report(), { encrypt_type: 'aes' })],
  ['larger than 64 KB', plain(report('success', ' '.repeat(65_536)))],
]
for (const [what, push] of forged) {
  test(`a push ${what} is nobody’s`, () => {
    expect(receiptsFrom(push, now)).toBeUndefined()
  })
}

test('an encrypted push that was changed anywhere is nobody’s', () => {
  const push = sealed(report())
  const encrypted = flatXml(push.body)?.get('Encrypt') ?? ''
  for (const at of [0, 20, encrypted.length >> 1, encrypted.length - 6]) {
    const other = encrypted[at] === 'A' ? 'B' : 'A'
    const body = push.body.replace(encrypted, encrypted.slice(0, at) + other + encrypted.slice(at + 1))
    expect(receiptsFrom({ ...push, body }, now)).toBeUndefined()
  }
})

test('a push of some minutes ago is still read, and a repeat reads the same', () => {
  const push = plain(report(), { timestamp: String(Number(seconds) - 240) })
  expect(receiptsFrom(push, now)).toEqual([outcome])
  expect(receiptsFrom(push, now)).toEqual([outcome])
})

test('a length that is not true leads nowhere', () => {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  for (const length of [0, 5, 2 ** 31, 2 ** 32 - 1]) {
    const content = Buffer.concat([randomBytes(16), Buffer.alloc(4), Buffer.from(`<xml></xml>${appId}`)])
    content.writeUInt32BE(length, 16)
    const padding = 32 - (content.length % 32)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const bytes = Buffer.concat([
      cipher.update(Buffer.concat([content, Buffer.alloc(padding, padding)])),
      cipher.final(),
    ])
    const encrypted = bytes.toString('base64')
    const push = plain(`<xml><Encrypt>${encrypted}</Encrypt></xml>`, { encrypt_type: 'aes' })
    const query = { ...push.query, msg_signature: sign(token, seconds, push.query.nonce ?? '', encrypted) }
    expect(receiptsFrom({ ...push, query }, now)).toBeUndefined()
  }
})

test('what WeChat asks the address for is answered as it is, if it is WeChat that asks', () => {
  expect(challengeAnswer(plain('', { echostr: '5837490245' }), now)).toBe('5837490245')
  expect(challengeAnswer(plain('', { echostr: '<b>&' }), now)).toBe('<b>&')
  expect(challengeAnswer(plain(''), now)).toBeUndefined()
  expect(challengeAnswer(plain('', { echostr: 'x'.repeat(1025) }), now)).toBeUndefined()
  for (const change of [{ signature: '0'.repeat(40) }, { signature: undefined }, { timestamp: '1' }]) {
    expect(challengeAnswer(plain('', { echostr: '1', ...change }), now)).toBeUndefined()
  }
})

test('the provider reads, is asked and answers by these rules, by the clock on the wall', () => {
  const provider = wechat({ tokens: memoryTokens() })
  const signed = plain(report(), { timestamp: String(Math.floor(Date.now() / 1000)), echostr: '42' })
  const fresh = { ...signed, config: { appId, appSecret: '' } }
  expect(provider.readReceipts?.(fresh)).toEqual([outcome])
  expect(provider.answerChallenge?.(fresh)).toBe('42')
  expect(provider.readReceipts?.({ ...fresh, secret: 'another' })).toBeUndefined()
  expect(provider.receiptAnswer).toEqual({ status: 200, contentType: 'text/plain; charset=utf-8', body: 'success' })
  expect(provider.receiptAnswer).toBe(receiptAnswer)
})

const bomb = `<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<xml><MsgType>event</MsgType><Event>&b;&c;</Event></xml>`

test('entities and document types do nothing', () => {
  expect(flatXml(bomb)).toBeUndefined()
  expect(receiptsFrom(plain(bomb), now)).toEqual([])
  expect(receiptsFrom(sealed(bomb), now)).toEqual([])
})

for (const [what, document, expected] of [
  ['texts of both kinds', '<xml><a><![CDATA[1 < 2 & 3]]></a> <b> 4 </b></xml>', { a: '1 < 2 & 3', b: '4' }],
  ['blanks about everything', ' \n<xml>\n <a>\n<![CDATA[ x ]]>\n</a>\n</xml>\n ', { a: ' x ' }],
  ['empty texts', '<xml><a></a><b><![CDATA[]]></b></xml>', { a: '', b: '' }],
  ['brackets in a text', '<xml><a><![CDATA[]] ]>]]></a></xml>', { a: ']] ]>' }],
  ['no children', '<xml></xml>', undefined],
  ['nothing', '', undefined],
  ['another root', '<html><a>1</a></html>', undefined],
  ['a child that is not closed', '<xml><a>1</b></xml>', undefined],
  ['children within children', '<xml><a><b>1</b></a></xml>', undefined],
  ['attributes', '<xml><a x="1">1</a></xml>', undefined],
  ['an entity', '<xml><a>&lt;</a></xml>', undefined],
  ['a comment', '<xml><!-- x --><a>1</a></xml>', undefined],
  ['an instruction', '<?xml version="1.0"?><xml><a>1</a></xml>', undefined],
  ['a name twice', '<xml><a>1</a><a>2</a></xml>', undefined],
  ['text between', '<xml><a>1</a>x<b>2</b></xml>', undefined],
  ['something after it', '<xml><a>1</a></xml><xml><b>2</b></xml>', undefined],
  ['two sections in one', '<xml><a><![CDATA[1]]><![CDATA[2]]></a></xml>', undefined],
  ['the end of a section in a text', '<xml><a>1]]>2</a></xml>', undefined],
] as const) {
  test(`a document with ${what} is ${expected ? 'read' : 'refused'}`, () => {
    const found = flatXml(document)
    expect(found && Object.fromEntries(found)).toEqual(expected)
  })
}

test('no document of any content breaks the reading or takes its time', () => {
  const parts = ['<xml>', '</xml>', '<a>', '</a>', '<![CDATA[', ']]>', ' ', '&', '<', 'x']
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...parts), maxLength: 200 }), (document) => {
      flatXml(document)
    }),
  )
  for (const part of [...parts, '<a></a>', '<a> ', '<a><![CDATA[', '<a><![CDATA[]]>']) {
    expect(flatXml(`<xml>${part.repeat(65_536 / part.length)}&</xml>`)).toBeUndefined()
  }
})

test('an account that takes only what is encrypted reads nothing else, whoever signed it', () => {
  const secureOnly = true
  expect(receiptsFrom({ ...plain(report()), secureOnly }, now)).toBeUndefined()
  expect(receiptsFrom({ ...sealed(report()), secureOnly }, now)).toHaveLength(1)
})

test('what tells a repeat holds for as long as the push would be taken, and fits into an index', () => {
  const first = nonceOf(plain(report()))
  expect(first).toEqual(nonceOf(plain('something else')))
  expect(first).not.toEqual(nonceOf(plain(report(), { nonce: 'another' })))
  expect(nonceOf(plain(report(), { nonce: '\0'.repeat(200) })).nonce).toMatch(/^[\w-]{43}$/)
  expect(receiptsFrom(plain(report()), first.until)).toHaveLength(1)
  expect(receiptsFrom(plain(report()), new Date(first.until.getTime() + 1000))).toBeUndefined()
})
