/** Save and validate: the drawer of an account that is not in force saves it, checks it as its row does, and closes once it is. */
import type { Page } from '@playwright/test'
import { addAliyunAccount, addCarriedTemplate, keyOf, smsContents } from '../support/carried.ts'
import { expect, type Signet, test } from '../support/console.ts'
import { startMailServer } from '../support/smtp.ts'
import { AliyunPage } from './aliyun.page.ts'
import { EmailPage } from './email.page.ts'

test.afterEach(({ signet }) => signet.simulator.clear())

const inForce = { exact: true } as const

/** The names of the changes that a page asks for, in order. */
function changesOf(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const [, name] = /accounts\.(save|validate)/.exec(request.url()) ?? []
    if (name) asked.push(name)
  })
  return asked
}

test('a new account is saved, validated and in force at a click, and a second click does nothing twice', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  const asked = changesOf(page)
  await there.startAdding()
  await there.fill({ name: 'Main', ...keyOf(signet) })
  await there.dialog.getByRole('button', { name: 'Validate now' }).dblclick()
  await expect(there.dialog).toBeHidden()
  await expect(there.account('Main').getByText('Validated', inForce)).toBeVisible()
  await expect(there.stage('Read templates')).toContainText(/passed\s*\d+ ms/)
  await expect(there.accounts.getByRole('status')).toContainText('This account is in force')
  expect(asked).toEqual(['save', 'validate'])

  await there.startEditing('Main')
  await expect(there.dialog.getByRole('button', { name: 'Validate now' })).toHaveCount(0)
})

test('a failed check leaves the account saved and the drawer open, and the row says the stage', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const there = new AliyunPage(page, 'sms')
  await there.open()
  await there.startAdding()
  await there.saveAndValidate()
  await expect(there.field('name')).toHaveAccessibleDescription('Enter a value.')
  await expect(there.field('name')).toBeFocused()

  await there.fill({ name: 'Main', ...keyOf(signet), accessKeySecret: 'not-this-secret' })
  await there.saveAndValidate()
  await expect(there.dialog.getByRole('alert')).toContainText('Saved, not in force')
  await expect(there.dialog.getByRole('listitem').filter({ hasText: 'Credentials' })).toContainText(
    'does not belong to this AccessKey ID',
  )
  await expect(there.dialog).toHaveAccessibleName('Edit Main')
  await expect(there.account('Main')).toContainText('failed at Credentials')

  await there.fill({ accessKeySecret: keyOf(signet).accessKeySecret })
  await expect(there.dialog.getByRole('alert')).toHaveCount(0)
  await there.saveAndValidate()
  await expect(there.dialog).toBeHidden()
  await expect(there.account('Main').getByText('Validated', inForce)).toBeVisible()
  await expect(there.account('Main')).not.toContainText('failed at')
  await expect(there.accounts.getByRole('rowheader')).toHaveCount(1)
})

test('what loses its use is asked about before, and the drawer closes however that is answered', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const first = await addAliyunAccount(signet, organization, 'sms', { name: 'Old contract' })
  const place = { channel: 'sms', scenario: 'login', accountId: first } as const
  await addCarriedTemplate(signet, organization, place, { mainland: smsContents.login, international: null })
  await addAliyunAccount(signet, organization, 'sms', { name: 'New contract', key: 'second', isValidated: false })
  await signet.signIn(page, organization.owner)
  const there = new AliyunPage(page, 'sms')
  const question = page.getByRole('dialog', { name: 'in force?' })
  await there.open()
  await there.startEditing('New contract')
  await there.fill({ name: 'This year’s' })
  await there.saveAndValidate()
  await expect(question).toContainText('1 scenario names signatures of “Old contract”.')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(there.dialog).toHaveCount(0)
  await expect(there.account('Old contract').getByText('Validated', inForce)).toBeVisible()
  await expect(there.accounts).toContainText('Passed, and not in force')

  await there.startEditing('This year’s')
  await there.saveAndValidate()
  await question.getByRole('button', { name: 'Put in force' }).click()
  await expect(there.dialog).toHaveCount(0)
  await expect(there.account('This year’s').getByText('Validated', inForce)).toBeVisible()
  await expect(there.account('Old contract').getByText('Not validated')).toBeVisible()
})

test.describe('while the check runs', () => {
  /** An account typed into the drawer, of a mail server that is asked for its sender and says nothing until it lets go. */
  async function typeSlow(page: Page, signet: Signet) {
    await signet.enterNew(page)
    const server = await startMailServer()
    server.script = { sender: 'hang' }
    const email = new EmailPage(page)
    await email.open()
    await email.startAdding()
    await email.fill({
      name: 'Slow',
      host: '127.0.0.1',
      port: server.port,
      encryption: 'None',
      username: 'no-reply@shop.example',
      password: 'correct horse battery',
      fromAddress: 'no-reply@shop.example',
    })
    const letGo = () => {
      server.script = {}
      server.endConnections('destroy')
    }
    return { email, server, letGo }
  }

  test('Escape leaves the drawer, the row goes on, and its end closes no other drawer', async ({ page, signet }) => {
    const { email, server, letGo } = await typeSlow(page, signet)
    await email.saveAndValidate()
    await expect(email.dialog.getByRole('listitem').filter({ hasText: 'Log in' })).toContainText('passed')
    await page.keyboard.press('Escape')
    await expect(email.dialog).toBeHidden()
    await expect(email.account('Slow')).toContainText('Checking…')

    await email.startAdding()
    await email.fill({ name: 'Another' })
    letGo()
    await expect(email.account('Slow')).toContainText('failed at Sender')
    await expect(email.field('name')).toHaveValue('Another')
    await server.close()
  })

  test('what is typed meanwhile is kept, and the keyboard alone does', async ({ page, signet }) => {
    const { email, server, letGo } = await typeSlow(page, signet)
    await page.keyboard.press('Enter')
    await expect(email.dialog).toBeHidden()
    await expect(email.account('Slow')).toContainText('Not validated')

    await email.startEditing('Slow')
    const button = email.dialog.getByRole('button', { name: 'Validate now' })
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(email.dialog.getByRole('listitem').filter({ hasText: 'Log in' })).toContainText('passed')
    await email.fill({ name: 'Slow and steady' })
    letGo()
    await expect(email.dialog.getByRole('alert')).toContainText('Saved, not in force')
    await expect(email.field('name')).toHaveValue('Slow and steady')
    await email.saveAndValidate()
    await expect(email.dialog).toBeHidden()
    await expect(email.account('Slow and steady').getByText('Validated', inForce)).toBeVisible()
    await server.close()
  })
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('the drawer and the row say what failed', async ({ page, signet }) => {
    await signet.enterNew(page)
    await new AliyunPage(page, 'sms').open()
    const accounts = page.getByRole('region', { name: '短信配置', exact: true })
    await accounts.getByRole('button', { name: '添加', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('账号名称').fill('生产')
    await dialog.getByLabel('AccessKey ID').fill(keyOf(signet).accessKeyId)
    await dialog.getByLabel('AccessKey Secret', { exact: true }).fill('not-this-secret')
    await dialog.getByRole('button', { name: '立即验证' }).click()
    await expect(dialog.getByRole('alert')).toContainText('已保存，未生效')
    await expect(accounts.getByRole('row').filter({ hasText: '生产' })).toContainText('未通过')
  })
})
