/** What the palette finds: of one's own organization, as far as one's role sees, and never by going through the log. */
import { roles } from '#db/schema/index.ts'
import { search } from '#domain/search/search.ts'
import { inLog } from '../support/in-log.ts'
import { expect, type Org, test } from '../support/make.ts'

const find = (org: Org, text: string, scenario = text) => search(org.as('viewer'), { text, scenario })
const nothing = { apps: [], accounts: [], scenarios: [], messages: [] }

test('Apps, accounts and scenarios are found by a part of their names, wildcards being plain signs', async ({
  stage,
}) => {
  const { org, owner, app } = await stage.ready()
  await stage.app(owner, { key: 'orchard', name: 'Orchard' })
  await stage.app(owner, { key: 'percent', name: '100% Rabatt_' })
  expect((await find(org, 'CHARD')).apps).toEqual([{ key: 'orchard', name: 'Orchard' }])
  expect((await find(org, app.key)).apps).toMatchObject([{ key: app.key }])
  expect((await find(org, '0% r')).apps).toMatchObject([{ key: 'percent' }])
  expect((await find(org, '%')).apps).toMatchObject([{ key: 'percent' }])
  expect((await find(org, 't_')).apps).toMatchObject([{ key: 'percent' }])
  expect((await find(org, '登录')).scenarios).toMatchObject([{ key: 'login' }])
  expect((await find(org, 'PASSWORD')).scenarios).toMatchObject([{ key: 'password_recovery' }])
  expect((await find(org, 'email login', ' login')).scenarios.map(({ key }) => key)).toEqual(['login'])
  expect((await find(org, 'email', '')).scenarios).toHaveLength(5)
  await stage.account(owner, { name: 'Riverside' })
  expect((await find(org, 'RIVER')).accounts).toMatchObject([{ name: 'Riverside', channel: 'email' }])
  expect(await find(org, 'nothing of the kind')).toEqual(nothing)
})

test('a message is found by its id or its whole recipient, masked for every role', async ({ stage }) => {
  const org = await stage.organization()
  const ids = await inLog(stage, org, [
    { recipient: 'Ann.Lee@example.com' },
    { recipient: 'ann.lee@example.com' },
    { channel: 'sms', recipient: '+8613800138000' },
  ])
  for (const role of roles) {
    const { messages } = await search(org.as(role), { text: 'ANN.lee@example.com', scenario: '' })
    expect(messages.map(({ id }) => id)).toEqual([ids[1], ids[0]])
    expect(JSON.stringify(messages)).not.toMatch(/ann\.lee/i)
  }
  expect((await find(org, ids[2]?.toUpperCase() ?? '')).messages).toMatchObject([{ recipient: '+86138••••8000' }])
  expect((await find(org, '138 0013 8000')).messages.map(({ id }) => id)).toEqual([ids[2]])
  for (const part of ['ann.lee', 'example.com', '1380013', '%', ids[0]?.slice(0, 20) ?? '']) {
    expect((await find(org, part)).messages).toEqual([])
  }
})

test('nothing of another organization is found, by name, id or recipient', async ({ stage }) => {
  const theirs = await stage.ready('Theirs')
  await stage.app(theirs.owner, { key: 'hidden', name: 'Hidden' })
  const [id = ''] = await inLog(stage, theirs.org, [{ recipient: 'hidden@example.com' }])
  const mine = await stage.organization()
  for (const text of ['Hidden', id, 'hidden@example.com', 'Main']) {
    expect(await search(mine.as('owner'), { text, scenario: text })).toEqual(nothing)
  }
})

test('of many there are five of each kind, the newest messages first', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  for (let n = 0; n < 7; n += 1) await stage.app(owner, { key: `many-${n}`, name: `Many ${n}` })
  const ids = await inLog(
    stage,
    org,
    Array.from({ length: 7 }, () => ({ recipient: 'many@example.com' })),
  )
  expect((await find(org, 'many')).apps).toHaveLength(5)
  const { messages } = await find(org, 'many@example.com')
  expect(messages.map(({ id }) => id)).toEqual(ids.slice(2).reverse())
})
