/** Texts that are written here, for a provider that keeps none: nobody has to approve them, and they are for everybody. */
import { eq } from 'drizzle-orm'
import { template } from '#db/schema/index.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { messageContent } from '#domain/sending/log/content.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { refreshNext } from '#domain/templates/approvals.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { listTemplates } from '#domain/templates/reading.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { codeText, mobile } from '../support/texting.ts'

const abroad = '+14155552671'
const content = { text: 'Your ${app_name} code is ${code}.' }
const place = { channel: 'sms', scenario: 'login', appId: null } as const

/** An organization whose validated account sends what is written here. */
async function writing(stage: Stage) {
  const owner = (await stage.organization()).as('owner')
  const accountId = await stage.account(owner, { channel: 'sms', provider: 'fake-written', validated: true })
  const app = await stage.app(owner)
  return { owner, accountId, app, ...(await stage.key(owner, app.id)) }
}

const problemsOf = { code: 'invalid_request' }
const refusedWith = (path: string, code: string) => ({ ...problemsOf, data: { fields: [{ path, code }] } })

test('a text is used once it is saved, by everybody, and an App’s own goes before it', async ({ stage }) => {
  const { owner, accountId, app, asApp } = await writing(stage)
  await stage.template(owner, { ...place, content })
  const cells = (await coverage(owner, { appId: null })).cells.filter(
    ({ channel, scenario }) => channel === 'sms' && scenario === 'login',
  )
  expect(cells.map(({ audience, state }) => [audience, state])).toEqual([
    ['mainland', 'usable'],
    ['international', 'usable'],
  ])
  for (const to of [mobile, abroad]) await stage.send(asApp, { channel: 'sms', to })
  await stage.deliver()
  await stage.template(owner, { ...place, appId: app.id, content: { text: '${code}!' } })
  const last = await stage.send(asApp, { channel: 'sms', to: abroad })
  await stage.deliver()
  expect(stage.written.calls.map(({ to, message }) => [to, message])).toEqual([
    [mobile, { text: expect.stringMatching(/^Your Shop code is \d+\.$/) }],
    [abroad, { text: expect.stringMatching(/^Your Shop code is \d+\.$/) }],
    [abroad, { text: expect.stringMatching(/^\d+!$/) }],
  ])
  expect(await messageContent(owner, last.id)).toEqual({ text: '••••••!' })
  const row = (await listTemplates(owner, 'sms')).find(({ appId }) => appId === null)
  expect(row).toMatchObject({ accountId, summary: [{ audience: 'all', signature: null, text: content.text }] })
})

test('nobody is asked whether a text is approved, then or later', async ({ stage }) => {
  const { owner, accountId } = await writing(stage)
  await stage.template(owner, { ...place, content })
  stage.clock.forward({ seconds: 3600 })
  await refreshNext(stage.system)
  const [row] = await stage.db.select().from(template).where(eq(template.accountId, accountId))
  expect(row).toMatchObject({ approval: {}, content, variables: ['code', 'app_name'] })
  expect(stage.written.listed).toEqual([])
})

test('a text without its code, and a content of the other kind, are refused, saved or tried', async ({ stage }) => {
  const { owner, accountId } = await writing(stage)
  const save = (given: unknown, account = accountId) =>
    stage.template(owner, { ...place, accountId: account, content: given })
  await expect(save({ text: 'Hello' })).rejects.toMatchObject(refusedWith('content.text', 'code_missing'))
  await expect(save({ text: ' ' })).rejects.toMatchObject(refusedWith('content.text', 'required'))
  await expect(save(codeText)).rejects.toMatchObject(refusedWith('content.text', 'text_of_other_kind'))
  await expect(testSend(owner, { ...place, accountId, content: codeText, to: mobile })).rejects.toMatchObject(
    refusedWith('content.text', 'text_of_other_kind'),
  )
  expect(stage.written.calls).toEqual([])
})

test('a test send sends exactly what was written, saved or not', async ({ stage }) => {
  const { owner, accountId } = await writing(stage)
  const values = { code: '24680', app_name: 'Shop' }
  const outcome = await testSend(owner, { ...place, accountId, content, to: abroad, values })
  expect(outcome).toMatchObject({ ok: true })
  expect(stage.written.calls).toMatchObject([{ to: abroad, message: { text: 'Your Shop code is 24680.' } }])
})

test('texts that are written here go along to another account of their provider, and stay with one that gets another key', async ({
  stage,
}) => {
  const { owner, accountId } = await writing(stage)
  await stage.template(owner, { ...place, content })
  const config = { host: 'mail.example.com', password: 'correct horse' }
  const given = { id: accountId, channel: 'sms', provider: 'fake-written', name: 'Moved' } as const
  const moved = await endOf(saveAccount(owner, { ...given, config: { ...config, username: 'elsewhere' } }))
  expect(moved).toMatchObject({ saved: true })
  const other = await stage.account(owner, { channel: 'sms', provider: 'fake-written', username: 'other' })
  expect(await endOf(validateAccount(owner, { id: other }))).not.toHaveProperty('asks')
  expect(await stage.db.$count(template, eq(template.accountId, other))).toBe(1)
  const approved = await stage.account(owner, { channel: 'sms' })
  const { asks } = await endOf(validateAccount(owner, { id: approved }))
  expect(asks).toMatchObject({ scenarios: 1, isWritten: true, notTakeable: 'other_provider' })
})

test('the texts of an account wait while another one is in force', async ({ stage }) => {
  const { owner, accountId, asApp } = await writing(stage)
  await stage.template(owner, { ...place, content })
  const approved = await stage.account(owner, { channel: 'sms' })
  await stage.template(owner, { ...place, accountId: approved, content: codeText })
  await stage.send(asApp, { channel: 'sms', to: mobile })
  await stage.deliver()
  expect(stage.written.calls).toHaveLength(1)
  expect(stage.texts.calls).toEqual([])
  const rows = await listTemplates(owner, 'sms')
  expect(new Set(rows.map((row) => row.accountId))).toEqual(new Set([accountId, approved]))
})
