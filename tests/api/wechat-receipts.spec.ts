/** The address where WeChat pushes what became of cards, as it meets WeChat itself, whoever pretends to be it, and repeats. */
import { eq, sql } from 'drizzle-orm'
import { v1 } from '#api/v1/app.ts'
import { callbackNonce, earlyReceipt, messageEvent } from '#db/schema/index.ts'
import { listOfficialAccounts } from '#domain/accounts/official-accounts.ts'
import { setSecureOnly } from '#domain/accounts/receipt-address.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import type { Parts } from '#platform/compose.ts'
import { encrypt, signatureOf } from '#simulator/wechat/message-crypt.ts'
import { expect, test as onStage } from '../support/api-stage.ts'
import type { Stage } from '../support/make.ts'
import type { WechatService } from '../support/wechat-service.ts'
import { deliver, ready, tell, wechatOn } from '../support/wechat-stage.ts'

const test = onStage.extend<{ service: WechatService }>({ service: wechatOn })

type Keys = { token: string; aesKey: string }

/** A card that was sent, and the address that is told of it. */
async function sentCard(stage: Stage, service: WechatService) {
  const { owner, asApp, officialId } = await ready(stage, service)
  const [openid = ''] = service.openids.following
  const { messages } = await tell(asApp, openid)
  await deliver(stage)
  const id = messages[0]?.id ?? ''
  const { providerMessageId } = await stage.stored(id)
  const callback = (await listOfficialAccounts(owner)).find((account) => account.id === officialId)?.callback
  if (!callback || !providerMessageId) throw new Error('The card was sent from an account with an address.')
  const at = { path: callback.path, keys: callback.keys as Keys }
  return { id, openid, msgId: providerMessageId, owner, officialId, ...at }
}

type Card = Awaited<ReturnType<typeof sentCard>>

const event = ({ openid, msgId }: Card, status = 'success', at = Math.floor(Date.now() / 1000)) => `<xml>
<ToUserName><![CDATA[gh_0000000000ab]]></ToUserName>
<FromUserName><![CDATA[${openid}]]></FromUserName>
<CreateTime>${at}</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>
<MsgID>${msgId}</MsgID>
<Status><![CDATA[${status}]]></Status>
</xml>`

const modes = ['plain', 'secure'] as const
type Mode = (typeof modes)[number]
type Change = {
  nonce?: string
  keys?: Keys
  appId?: string
  timestamp?: string
  signature?: string
  headers?: Record<string, string>
}

type Request = { url: string; body: string; headers: Record<string, string> }

/** A request as WeChat makes it, unless something of it is changed. */
function requestOf(card: Card, mode: Mode, appId: string, xml: string, change: Change = {}): Request {
  const { token, aesKey } = change.keys ?? card.keys
  const { timestamp = String(Math.floor(Date.now() / 1000)) } = change
  const nonce = change.nonce ?? String(Math.random()).slice(2)
  const encrypted = mode === 'secure' ? encrypt(xml, aesKey, change.appId ?? appId) : ''
  const signature = change.signature ?? signatureOf(token, timestamp, nonce)
  const query = new URLSearchParams({ signature, timestamp, nonce, openid: card.openid })
  if (encrypted) {
    query.set('encrypt_type', 'aes')
    query.set('msg_signature', change.signature ?? signatureOf(token, timestamp, nonce, encrypted))
  }
  const body = encrypted
    ? `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
    : xml
  return { url: `${card.path}?${query}`, body, headers: { 'content-type': 'text/xml', ...change.headers } }
}

async function push(parts: Parts, { url, ...request }: Request) {
  const response = await v1(parts).request(url, { method: 'POST', ...request })
  return { status: response.status, body: await response.text() }
}

const taken = { status: 200, body: 'success' }
const eventsOf = (stage: Stage, { id }: Card) => stage.db.$count(messageEvent, eq(messageEvent.messageId, id))

for (const mode of modes) {
  test(`what became of a card is taken once, however often it is pushed (${mode})`, async ({
    stage,
    service,
    parts,
  }) => {
    const card = await sentCard(stage, service)
    const first = requestOf(card, mode, service.appId, event(card))
    expect(await push(parts, first)).toEqual(taken)
    expect(await stage.stored(card.id)).toMatchObject({ status: 'delivered' })
    const before = await eventsOf(stage, card)
    const later = requestOf(card, mode, service.appId, event(card), { timestamp: String((Date.now() / 1000 - 60) | 0) })
    const replays = [...Array.from({ length: 10 }, () => first), later]
    for (const answer of await Promise.all(replays.map((replay) => push(parts, replay)))) expect(answer).toEqual(taken)
    expect(await eventsOf(stage, card)).toBe(before)
  })

  test(`a card that failed says why (${mode})`, async ({ stage, service, parts }) => {
    const card = await sentCard(stage, service)
    expect(await push(parts, requestOf(card, mode, service.appId, event(card, 'failed:user block')))).toEqual(taken)
    expect(await stage.stored(card.id)).toMatchObject({ status: 'failed', errorCode: 'user block' })
  })

  test(`nothing that is forged, old, oversized or no event changes a card (${mode})`, async ({
    stage,
    service,
    parts,
  }) => {
    const card = await sentCard(stage, service)
    const xml = event(card, 'failed:user block')
    const of = (change: Change = {}, content = xml) => requestOf(card, mode, service.appId, content, change)
    const bomb = `<!DOCTYPE xml [<!ENTITY a "${'failed:'.repeat(10)}">${Array.from(
      { length: 9 },
      (_, n) => `<!ENTITY b${n} "${`&${n === 0 ? 'a' : `b${n - 1}`};`.repeat(10)}">`,
    ).join('')}<!ENTITY f SYSTEM "file:///etc/hostname">]>${xml.replace('failed:user block', ']]>&b8;&f;<![CDATA[')}`
    const stranger = { token: 'a'.repeat(32), aesKey: 'A'.repeat(43) }
    const hour = String(Math.floor(Date.now() / 1000) - 3600)
    for (const [request, status] of [
      [of({ signature: '0'.repeat(40) }), 400],
      [of({ signature: '' }), 400],
      [of({ keys: stranger }), 400],
      [of({ timestamp: hour }), 400],
      [{ ...of(), body: of().body.replace('<xml>', '<xml>\0') }, mode === 'plain' ? 200 : 400],
      [{ ...of(), body: '' }, mode === 'plain' ? 200 : 400],
      [of({}, bomb), 200],
      [of({}, ' '.repeat(70_000) + xml), 400],
      [{ ...of(), body: 'x'.repeat(1024 * 1024 + 1) }, 413],
      [
        { ...of(), headers: { 'content-type': 'text/xml', 'transfer-encoding': 'chunked' }, body: 'x'.repeat(2 ** 21) },
        413,
      ],
      [{ ...of(), url: of().url.replace(/\?.*/, '') }, 400],
      [
        {
          ...of(),
          url: of().url.replace(card.path, `${card.path.slice(0, -1)}${card.path.endsWith('_') ? '-' : '_'}`),
        },
        404,
      ],
      [of({}, xml.replace(card.msgId, '1')), 200],
    ] as const) {
      expect((await push(parts, request)).status).toBe(status)
    }
    expect(await stage.stored(card.id)).toMatchObject({ status: 'sent', errorCode: null })
    expect(await push(parts, of())).toEqual(taken)
    expect(await stage.stored(card.id)).toMatchObject({ status: 'failed' })
  })
}

test('an encrypted push that was signed for another account is refused', async ({ stage, service, parts }) => {
  const card = await sentCard(stage, service)
  const foreign = requestOf(card, 'secure', service.appId, event(card), { appId: 'wxfedcba9876543210' })
  expect((await push(parts, foreign)).status).toBe(400)
})

test('what is pushed about cards of nobody is kept no more than once', async ({ stage, service, parts }) => {
  const card = await sentCard(stage, service)
  const others = { ...card, msgId: '3999999999999999999' }
  const request = requestOf(others, 'plain', service.appId, event(others))
  await Promise.all(Array.from({ length: 10 }, () => push(parts, request)))
  expect(await stage.db.$count(earlyReceipt, eq(earlyReceipt.providerMessageId, others.msgId))).toBe(1)
})

for (const mode of modes) {
  test(`what was signed once says nothing else, though it is answered (${mode})`, async ({ stage, service, parts }) => {
    const card = await sentCard(stage, service)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const at = { nonce: 'seen-on-the-way', timestamp }
    expect(await push(parts, requestOf(card, mode, service.appId, '<xml><Event>x</Event></xml>', at))).toEqual(taken)
    const forged = requestOf(card, mode, service.appId, event(card, 'failed:user block'), at)
    const answers = await Promise.all(Array.from({ length: 10 }, () => push(parts, forged)))
    for (const answer of answers) expect(answer).toEqual(taken)
    expect(await stage.stored(card.id)).toMatchObject({ status: 'sent' })
    expect(await push(parts, requestOf(card, mode, service.appId, event(card)))).toEqual(taken)
    expect(await stage.stored(card.id)).toMatchObject({ status: 'delivered' })
  })
}

test('the question about an address is answered once, and its signature is good for no push', async ({
  stage,
  service,
  parts,
}) => {
  const card = await sentCard(stage, service)
  const at = { nonce: 'asked', timestamp: String(Math.floor(Date.now() / 1000)) }
  const pushed = requestOf(card, 'plain', service.appId, event(card, 'failed:user block'), at)
  const ask = async () => v1(parts).request(`${pushed.url}&echostr=1234`)
  expect(await (await ask()).text()).toBe('1234')
  expect((await ask()).status).toBe(400)
  expect(await push(parts, pushed)).toEqual(taken)
  expect(await stage.stored(card.id)).toMatchObject({ status: 'sent' })
})

test('a push that could not be kept may come again', async ({ stage, service, parts }) => {
  const card = await sentCard(stage, service)
  const pushed = requestOf(card, 'secure', service.appId, event(card))
  await stage.db.execute(sql`alter table message_event rename to message_event_away`)
  const broken = await push(parts, pushed)
  await stage.db.execute(sql`alter table message_event_away rename to message_event`)
  expect(broken.status).toBe(500)
  expect(await push(parts, pushed)).toEqual(taken)
  expect(await stage.stored(card.id)).toMatchObject({ status: 'delivered' })
})

test('what is remembered of pushes is forgotten once they are too old to be taken', async ({
  stage,
  service,
  parts,
}) => {
  const card = await sentCard(stage, service)
  const remembered = () => stage.db.$count(callbackNonce, eq(callbackNonce.accountId, card.officialId))
  for (let count = 0; count < 3; count++) await push(parts, requestOf(card, 'plain', service.appId, event(card)))
  await push(parts, requestOf(card, 'plain', service.appId, event(card), { signature: '0'.repeat(40) }))
  expect(await remembered()).toBe(3)
  await forgetOld({ db: stage.db, now: () => new Date() })
  expect(await remembered()).toBe(3)
  await forgetOld({ db: stage.db, now: () => new Date(Date.now() + 301_000) })
  expect(await remembered()).toBe(0)
})

test('an account that takes only what is encrypted refuses everything else', async ({ stage, service, parts }) => {
  const card = await sentCard(stage, service)
  const { owner, officialId: id } = card
  await setSecureOnly(owner, { id, secureOnly: true })
  expect((await listOfficialAccounts(owner)).find((account) => account.id === id)?.callback).toMatchObject({
    secureOnly: true,
  })
  expect((await push(parts, requestOf(card, 'plain', service.appId, event(card)))).status).toBe(400)
  expect(await stage.stored(card.id)).toMatchObject({ status: 'sent' })
  expect(await push(parts, requestOf(card, 'secure', service.appId, event(card)))).toEqual(taken)
  expect(await stage.stored(card.id)).toMatchObject({ status: 'delivered' })
  await setSecureOnly(owner, { id, secureOnly: false })
  expect(await push(parts, requestOf(card, 'plain', service.appId, event(card)))).toEqual(taken)
  for (const role of ['author', 'viewer'] as const) {
    const other = { ...owner, actor: { ...owner.actor, role } as typeof owner.actor }
    await expect(setSecureOnly(other, { id, secureOnly: true })).rejects.toMatchObject({ code: 'forbidden' })
  }
  const stranger = (await stage.organization()).as('owner')
  await expect(setSecureOnly(stranger, { id, secureOnly: true })).rejects.toMatchObject({ code: 'not_found' })
})
