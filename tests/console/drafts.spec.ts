/** What is typed into the forms of provider texts and push rules is kept in the browser until it is saved. */
import type { Page } from '@playwright/test'
import { expect, test } from '../support/console.ts'
import { loginChoice, storeSms, storeVoice } from '../support/phone-templates.ts'
import { alarmContent, alarmTitle, withRule } from '../support/push-console.ts'
import { OfficialAccountPage, officialAccountAddress, RulePage } from './official-account.page.ts'
import { startSms } from './sms-template.page.ts'
import { startVoice } from './voice-template.page.ts'

const found = (page: Page) => page.getByText('What you had not saved is back')
const unsaved = (page: Page) => page.getByText('Unsaved', { exact: true })
const discard = (page: Page) => page.getByRole('button', { name: 'Discard draft' })

const keptDrafts = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('signet.draft.')))

test('the draft of an SMS template survives a reload, meets what was saved meanwhile, and can be thrown away', async ({
  page,
  signet,
}) => {
  const { organization, accountId, template } = await startSms(page, signet, { stored: {} })
  await template.open()
  await template.choose('Signature', '星桥商城')
  await expect(unsaved(page)).toBeVisible()
  await page.reload()
  await expect(found(page)).toBeVisible()
  await expect(template.box('Signature')).toHaveValue('星桥商城')

  const theirs = { mainland: { ...loginChoice, signature: '星桥物联' } }
  await storeSms(signet, organization, { accountId, baseVersion: 1, content: theirs })
  await page.reload()
  await expect(template.box('Signature')).toHaveValue('星桥商城')
  await template.save()
  await expect(template.dialog).toContainText('Olga Owner saved version 2 meanwhile')
  await template.dialog.getByRole('button', { name: 'Keep editing' }).click()
  await discard(page).click()
  await expect(template.box('Signature')).toHaveValue('星桥物联')
  await expect(unsaved(page)).toHaveCount(0)
  await page.reload()
  await expect(template.box('Signature')).toHaveValue('星桥物联')
  await expect(found(page)).toHaveCount(0)
})

test('a text that was changed at the provider is no draft of a person’s', async ({ page, signet }) => {
  const { organization, accountId, template } = await startSms(page, signet)
  const has = (content: string) =>
    signet.simulator.control({
      ...{ channel: 'sms', kind: 'template_state', code: 'SMS_280019777' },
      ...{ state: 'approved', type: 'verification', content },
    })
  await has('登录验证码${code}。')
  const content = { mainland: { ...loginChoice, templateCode: 'SMS_280019777' } }
  await storeSms(signet, organization, { accountId, content })
  await has('登录验证码${code}，${minutes}分钟内有效。')
  await template.open()
  await expect(unsaved(page)).toBeVisible()
  await page.reload()
  await expect(unsaved(page)).toBeVisible()
  await expect(found(page)).toHaveCount(0)
  expect(await keptDrafts(page)).toEqual([])
})

test('the draft of a voice template is kept, and one of another form counts as none', async ({ page, signet }) => {
  const { template } = await startVoice(page, signet, { stored: {} })
  await template.open()
  await template.number.fill('057100001234')
  await expect.poll(() => keptDrafts(page)).toHaveLength(1)
  await page.reload()
  await expect(found(page)).toBeVisible()
  await expect(template.number).toHaveValue('057100001234')
  await page.evaluate(
    (content) => {
      const [key = ''] = Object.keys(localStorage).filter((name) => name.startsWith('signet.draft.'))
      const draft = { content, fallBack: false }
      localStorage.setItem(key, JSON.stringify({ draft, baseVersion: 1, at: new Date().toISOString() }))
    },
    { ttsCode: 5 },
  )
  await page.reload()
  await expect(template.code).toHaveValue(/^TTS_/)
  await expect(template.number).toHaveValue('')
  await expect(found(page)).toHaveCount(0)
})

test('a deleted template takes its draft along', async ({ page, signet }) => {
  const { organization, accountId, template } = await startVoice(page, signet, { stored: {} })
  await template.open()
  await template.number.fill('057100001234')
  await expect(unsaved(page)).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Delete template' }).click()
  await template.dialog.getByRole('button', { name: 'Delete template' }).click()
  await expect(page.getByText('Nothing is written yet.')).toBeVisible()
  await expect(template.code).toHaveValue('')
  expect(await keptDrafts(page)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(template.code).toHaveValue(/^TTS_/)
  await expect(template.number).toHaveValue('')
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Delete template' }).click()
  await template.dialog.getByRole('button', { name: 'Delete template' }).click()
  await expect(page.getByText('Nothing is written yet.')).toBeVisible()
  await storeVoice(signet, organization, { accountId })
  await page.reload()
  await expect(template.number).toHaveValue('')
  await expect(found(page)).toHaveCount(0)
})

test('a push rule that is being made is kept until it is saved, and then begun anew', async ({ page, signet }) => {
  const { owner } = await withRule(signet)
  await signet.signIn(page, owner)
  const rule = new RulePage(page)
  await rule.open('new')
  await rule.field('Name').fill('Half a rule')
  await rule.chooseTemplate(alarmTitle)
  await rule.field('告警内容').fill('Only half')
  await page.reload()
  await expect(found(page)).toBeVisible()
  await expect(rule.field('Name')).toHaveValue('Half a rule')
  await expect(rule.field('告警内容')).toHaveValue('Only half')
  await rule.save()
  await rule.expectSaved(1)
  await expect(found(page)).toHaveCount(0)
  expect(await keptDrafts(page)).toEqual([])
  await rule.field('Name').fill('The whole rule')
  await expect.poll(() => keptDrafts(page)).toHaveLength(1)
  await page.reload()
  await expect(rule.field('Name')).toHaveValue('The whole rule')
  await rule.open('new')
  await expect(rule.field('Name')).toHaveValue('')
})

test('the draft of a push rule meets what was saved meanwhile; the browser’s back asks before it leaves it', async ({
  page,
  signet,
}) => {
  const { owner, ruleId, app, accountId } = await withRule(signet)
  await signet.signIn(page, owner)
  const rule = new RulePage(page)
  const list = new OfficialAccountPage(page)
  await page.goto(officialAccountAddress)
  await page.getByRole('link', { name: 'Alarms', exact: true }).click()
  await rule.field('Name').fill('Mine')
  await page.evaluate(() => history.back())
  await expect(rule.dialog).toContainText('Leave without saving?')
  await expect(rule.dialog).toContainText('It stays in this browser as a draft.')
  await rule.dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(list.rule('Alarms')).toBeVisible()

  const api = await signet.api(owner)
  const theirs = { name: 'Theirs', appId: app.id, accountId, scenario: 'device_alarm', content: alarmContent() }
  await api.pushRules.save.mutate({ id: ruleId, baseVersion: 1, ...theirs })
  await rule.open(ruleId)
  await expect(found(page)).toBeVisible()
  await expect(rule.field('Name')).toHaveValue('Mine')
  await rule.save()
  await expect(rule.dialog).toContainText('saved version 2 meanwhile')
  await rule.dialog.getByRole('button', { name: 'Keep editing' }).click()
  await discard(page).click()
  await expect(rule.field('Name')).toHaveValue('Theirs')
  await rule.field('Name').fill('Ours')
  await rule.save()
  await rule.expectSaved(3)
})
