/** Templates: what may not be saved, versions, and two authors at once. */
import type { z } from 'zod'
import { removeApp } from '#domain/apps/apps.ts'
import { listAudit } from '#domain/base/audit.ts'
import { getTemplate, getVersion, listTemplates, listVersions, VersionKey } from '#domain/templates/reading.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { SaveTemplate, saveTemplate } from '#domain/templates/templates.ts'
import { expect, loginHtml, test } from '../support/make.ts'
import { abroad, mainland, phones, spoken } from '../support/phones.ts'

const place = { channel: 'email', scenario: 'login', appId: null } as const
const content = { subject: 'Your code', html: loginHtml }
const input = (given: Partial<z.input<typeof SaveTemplate>> = {}) =>
  SaveTemplate.parse({ ...place, content, baseVersion: 0, ...given })

for (const [what, wrong, problem] of [
  ['lacks its code', { html: '<p>Hello</p>' }, { path: 'content.html', code: 'code_missing' }],
  ['lacks its code in the plain text', { text: 'Hello' }, { path: 'content.text', code: 'code_missing' }],
  [
    'nests too deep for its length',
    { html: `\${code}${'<td><li>'.repeat(2000)}` },
    { path: 'content.html', code: 'too_complex' },
  ],
  ['has no HTML element', { html: 'Hello ${code}' }, { path: 'content.html', code: 'no_html_element' }],
  [
    'uses a variable that is not declared',
    { html: '<p>${code}</p>\n<p>${acount}</p>' },
    {
      path: 'content.html',
      code: 'unknown_variable',
      params: expect.objectContaining({ line: 2, column: 4, nearest: 'account' }),
    },
  ],
  [
    'uses such a variable in the subject',
    { subject: '${nothing}' },
    { path: 'content.subject', code: 'unknown_variable', params: expect.objectContaining({ line: 1, column: 1 }) },
  ],
] as const) {
  test(`a verification template that ${what} is refused with the place, and nothing is stored`, async ({ stage }) => {
    const author = (await stage.organization()).as('author')
    await expect(saveTemplate(author, input({ content: { ...content, ...wrong } }))).rejects.toMatchObject({
      code: 'invalid_request',
      data: { fields: [problem] },
    })
    expect((await getTemplate(author, place)).template).toBeNull()
  })
}

test('content of another form is refused field by field', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  const saving = saveTemplate(author, input({ content: { subject: '', html: loginHtml, colour: 'red' } }))
  await expect(saving).rejects.toMatchObject({
    data: {
      fields: [
        { path: 'content.subject', code: 'required' },
        { path: 'content.colour', code: 'unknown_field' },
      ],
    },
  })
})

test('a channel that the scenario does not use, or that is not there, is refused by name', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  await expect(saveTemplate(author, input({ channel: 'official_account' }))).rejects.toMatchObject({
    data: { fields: [{ path: 'channel', code: 'invalid_value' }] },
  })
  await expect(saveTemplate(author, input({ scenario: 'nothing' }))).rejects.toMatchObject({ code: 'unknown_scenario' })
})

test('an App that is not there has no template', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  const appId = '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59'
  await expect(saveTemplate(author, input({ appId }))).rejects.toMatchObject({ code: 'not_found' })
})

test('hints come with the answer and do not keep a template from being saved', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  const html = `${loginHtml}<p>$<cod></p>`
  const saved = await saveTemplate(author, input({ content: { ...content, html } }))
  expect(saved).toMatchObject({ version: 1, hints: [{ path: 'html', code: 'misspelt_variable', severity: 'hint' }] })
})

test('every save is a version with its author, its time and its note', async ({ stage }) => {
  const org = await stage.organization()
  await saveTemplate(org.as('author'), input({ note: 'first words' }))
  stage.clock.forward({ minutes: 5 })
  const second = { ...content, subject: 'Code for ${app_name}' }
  expect(await saveTemplate(org.as('owner'), input({ content: second, baseVersion: 1 }))).toMatchObject({ version: 2 })
  const versions = await listVersions(org.as('viewer'), place)
  expect(versions).toMatchObject([
    { version: 2, authorName: 'Acme owner', note: null, createdAt: stage.clock.now() },
    { version: 1, authorName: 'Acme author', note: 'first words' },
  ])
  const saved = (version: number) => getVersion(org.as('viewer'), VersionKey.parse({ ...place, version }))
  expect([await saved(1), await saved(2)]).toEqual([
    { version: 1, content },
    { version: 2, content: second },
  ])
  await expect(saved(3)).rejects.toMatchObject({ code: 'not_found' })
  const { template } = await getTemplate(org.as('viewer'), place)
  expect(template).toMatchObject({ version: 2, content: second, updatedBy: 'Acme owner' })
  expect(template?.variables).toEqual(['code', 'app_name', 'account'])
})

test('an edit that started from an older version is told the present one and overwrites nothing', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  await saveTemplate(author, input())
  await saveTemplate(author, input({ baseVersion: 1 }))
  for (const baseVersion of [0, 1, 3]) {
    const late = input({ baseVersion, content: { ...content, subject: 'Late' } })
    await expect(saveTemplate(author, late)).rejects.toMatchObject({
      code: 'conflict',
      data: { reason: 'template_changed', currentVersion: 2 },
    })
  }
  expect((await getTemplate(author, place)).template).toMatchObject({ version: 2, content })
})

for (const [moment, baseVersion] of [
  ['the first version', 0],
  ['a new version', 1],
] as const) {
  test(`of two who save ${moment} at once, one is stored and the other is told`, async ({ stage }) => {
    const author = (await stage.organization()).as('author')
    if (baseVersion > 0) await saveTemplate(author, input())
    const saves = ['A', 'B', 'C', 'D'].map((subject) =>
      saveTemplate(author, input({ baseVersion, content: { ...content, subject } })),
    )
    const results = await Promise.allSettled(saves)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect(result).toMatchObject({ reason: { code: 'conflict', data: { currentVersion: baseVersion + 1 } } })
    }
    expect(await listVersions(author, place)).toHaveLength(baseVersion + 1)
  })
}

test('resetting an App’s template returns the App to the default', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const ofApp = { ...place, appId: app.id }
  await saveTemplate(owner, input({ appId: app.id, content: { ...content, subject: 'Shop only' } }))
  const subjectOf = async () => {
    const { id } = await stage.send(asApp)
    await stage.deliver()
    return stage.provider.calls.find(({ reference }) => reference === id)?.message
  }
  expect(await subjectOf()).toMatchObject({ subject: 'Shop only' })
  await resetTemplate(owner, ofApp)
  expect((await getTemplate(owner, ofApp)).template).toBeNull()
  expect(await listVersions(owner, ofApp)).toEqual([])
  expect(await subjectOf()).toMatchObject({ subject: 'Your Shop code' })
  await expect(resetTemplate(owner, ofApp)).rejects.toMatchObject({ code: 'not_found' })
})

test('the list of a channel names places and versions and carries no content', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  await saveTemplate(owner, input({ appId: app.id }))
  const listed = await listTemplates(owner, 'email')
  expect(listed.map(({ scenario, appId }) => `${scenario} ${appId ?? 'default'}`).sort()).toEqual(
    ['device_alarm default', `login ${app.id}`, 'login default'].sort(),
  )
  expect(JSON.stringify(listed)).not.toContain('<p>')
})

test('the template of a deleted App goes with it', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  await saveTemplate(owner, input({ appId: app.id }))
  await removeApp(owner, app.id)
  expect((await listTemplates(owner, 'email')).filter(({ appId }) => appId !== null)).toEqual([])
})

test('languages of one place are templates of their own, and go with the base', async ({ stage }) => {
  const author = (await stage.organization()).as('author')
  for (const locale of [null, 'zh-CN', 'en']) await saveTemplate(author, input({ locale }))
  const chinese = { ...place, locale: 'zh-CN' }
  expect(await saveTemplate(author, input({ locale: 'zh-CN', baseVersion: 1 }))).toMatchObject({ version: 2 })
  expect((await getTemplate(author, place)).template).toMatchObject({ version: 1 })
  expect((await getTemplate(author, chinese)).variants.map(({ locale }) => locale ?? 'base').sort()).toEqual([
    'base',
    'en',
    'zh-CN',
  ])
  await resetTemplate(author, { ...place, locale: 'en' })
  expect((await getTemplate(author, chinese)).template).toMatchObject({ version: 2 })
  await resetTemplate(author, place)
  expect((await getTemplate(author, place)).variants).toEqual([])
})

test('a list tells of a template that lives with a provider by its signature, code and text, for each audience', async ({
  stage,
}) => {
  const { owner, account, template } = await phones(stage)
  const accountId = await account('sms', 'Main')
  const long = { ...abroad, templateText: `${abroad.templateText} ${'very long '.repeat(60)}` }
  await template({ accountId, content: { mainland, international: long } })
  const [listed] = await listTemplates(owner, 'sms')
  expect(listed).toMatchObject({
    accountId,
    headline: null,
    approvalAt: stage.clock.now(),
    summary: [
      { audience: 'mainland', signature: 'Acme', template: 'SMS_1001', text: mainland.templateText },
      { audience: 'international', signature: 'Acme', template: 'SMS_1002', text: long.templateText },
    ],
  })
  expect(listed).not.toHaveProperty('content')

  await template({ channel: 'voice', accountId: await account('voice', 'Calls'), content: spoken })
  expect(await listTemplates(owner, 'voice')).toMatchObject([
    { summary: [{ audience: 'all', signature: null, template: 'TTS_1001', text: spoken.templateText }] },
  ])
})

test('the audit trail names the account that a template belongs to', async ({ stage }) => {
  const { owner, account, template } = await phones(stage)
  const accountId = await account('sms', 'Main')
  await template({ accountId })
  await resetTemplate(owner, { channel: 'sms', scenario: 'login', appId: null, accountId })
  const { rows } = await listAudit(owner, { subject: 'template' })
  const place = { channel: 'sms', scenario: 'login', appId: null, locale: null, account: 'Main' }
  expect(rows.map(({ action, changes }) => [action, changes])).toEqual([
    ['deleted', place],
    ['added', { ...place, version: 1 }],
  ])
})
