/** Email Configuration: accounts are added, validated, changed and deleted in place. */
import { expect, type Organization, type Signet, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { startMailServer } from '../support/smtp.ts'
import { type AccountValues, EmailPage } from './email.page.ts'

/** What reaches the simulator. */
const workingValues = ({ simulator: { smtp } }: Signet): Required<Omit<AccountValues, 'fromName' | 'replyTo'>> => ({
  name: 'Main',
  host: smtp.host,
  port: smtp.starttls,
  encryption: 'STARTTLS',
  username: smtp.user,
  password: smtp.password,
  fromAddress: smtp.user,
})

/** Stores an account as the owner, without the page. */
async function addAccount(
  signet: Signet,
  organization: Organization,
  name: string,
  config: Record<string, unknown> = {},
): Promise<string> {
  const { host, port, username, password, fromAddress } = workingValues(signet)
  const full = { host, port, encryption: 'starttls', username, password, fromAddress, ...config }
  const api = await signet.api(organization.owner)
  const parts = await api.accounts.save.mutate({ channel: 'email', provider: 'smtp', name, config: full })
  for await (const part of parts) if ('end' in part && part.end.saved) return part.end.id
  throw new Error(`The account ${name} was not saved.`)
}

async function validate(signet: Signet, organization: Organization, id: string): Promise<void> {
  const api = await signet.api(organization.owner)
  for await (const part of await api.accounts.validate.mutate({ id })) {
    if ('end' in part && !part.end.ok)
      throw new Error(`The account is not validated: ${JSON.stringify(part.end.stages)}`)
  }
}

/** Stores a default template for the login scenario. */
async function addTemplate(signet: Signet, organization: Organization): Promise<void> {
  const api = await signet.api(organization.owner)
  const content = { subject: 'Code', html: '<p>${code}</p>' }
  await api.templates.save.mutate({ channel: 'email', scenario: 'login', appId: null, content, baseVersion: 0 })
}

test('an organization without accounts is told what they are for, adds one and validates it stage by stage', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const email = new EmailPage(page)
  await email.open()
  await expect(email.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()

  await email.startAdding()
  await email.fill(workingValues(signet))
  await email.save()
  const row = email.account('Main')
  await expect(row).toContainText('Not validated')
  await expect(row).toContainText(`${signet.simulator.smtp.user}@${signet.simulator.smtp.host}`)
  await expect(row).toContainText('never')
  await expect(email.dialog).toBeHidden()

  await email.validate('Main')
  for (const name of ['Find the server', 'Connect', 'Encrypt', 'Log in', 'Sender']) {
    await expect(email.stage(name)).toContainText(/passed\s*\d+ ms/)
  }
  await expect(row.getByText('Validated', { exact: true })).toBeVisible()
  await expect(email.accounts.getByRole('status')).toContainText('This account is in force')

  await page.reload()
  await row.getByRole('button', { name: /passed/ }).click()
  await expect(email.stage('Log in')).toContainText('The account and password were accepted')
})

test('stages appear while the check is still running, and the page stays usable meanwhile', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const server = await startMailServer()
  server.script = { sender: 'hang' }
  const { user, password } = { user: 'no-reply@shop.example', password: 'correct horse battery' }
  await addAccount(signet, organization, 'Slow', {
    host: '127.0.0.1',
    port: server.port,
    encryption: 'none',
    username: user,
    password,
    fromAddress: user,
  })
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  const started: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('accounts.validate')) started.push(request.url())
  })
  await email.account('Slow').getByRole('button', { name: 'Validate' }).dblclick()
  await expect(email.stage('Log in')).toContainText('passed')
  await expect(email.stage('Checking…')).toBeVisible()

  await email.startAdding()
  await expect(email.field('host')).toBeVisible()
  await email.dialog.getByRole('button', { name: 'Cancel' }).click()

  server.endConnections('destroy')
  await expect(email.stage('Sender')).toContainText('The line dropped.')
  await expect(email.account('Slow').getByText('Check failed')).toBeVisible()
  expect(started).toHaveLength(1)
  await server.close()
})

test('validating a second account takes the first one out of force at once', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const first = await addAccount(signet, organization, 'First')
  await addAccount(signet, organization, 'Second')
  await validate(signet, organization, first)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await expect(email.account('First').getByText('Validated', { exact: true })).toBeVisible()
  await email.validate('Second')
  await expect(email.account('Second').getByText('Validated', { exact: true })).toBeVisible()
  await expect(email.account('First').getByText('Not validated')).toBeVisible()
})

test('a wrong password fails at the login, and the row says why and what to do', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAccount(signet, organization, 'Wrong', { password: 'not this one' })
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await email.validate('Wrong')
  const row = email.account('Wrong')
  await expect(row.getByText('Check failed')).toBeVisible()
  const login = email.stage('Log in')
  await expect(login).toContainText('failed')
  await expect(login).toContainText('The server does not accept this account and password.')
  await expect(login).toContainText('Type the password again.')
  await expect(login).toContainText('535 · Error: authentication failed')
  await expect(login).not.toContainText('not this one')
  await expect(row.getByRole('button', { name: 'Log in' })).toBeVisible()
  await expect(login.getByRole('button', { name: 'Copy the server’s answer' })).toBeVisible()
})

test('a test mail goes along with the check and arrives', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const id = await addAccount(signet, organization, 'Main')
  await validate(signet, organization, id)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await email
    .account('Main')
    .getByRole('button', { name: /passed/ })
    .click()
  const send = email.accounts.getByRole('button', { name: 'Check and send' })
  await send.click()
  await expect(email.accounts.getByText('Enter an address.')).toBeVisible()
  const to = `reader-${organization.id}@example.com`
  await email.accounts.getByLabel('Also send a test mail to').fill(to)
  await send.click()
  await expect(email.accounts.getByRole('status')).toContainText(`The server took the test mail for ${to}.`)
  expect(await signet.simulator.count(to)).toBe(1)
})

test('every field that is not right is marked in place, and what was typed stays', async ({ page, signet }) => {
  await signet.enterNew(page)
  const email = new EmailPage(page)
  await email.open()
  await email.startAdding()
  await email.fill({ port: '' })
  await email.save()
  await expect(email.field('name')).toBeFocused()
  for (const name of ['name', 'host', 'port', 'fromAddress'] as const) {
    await expect(email.field(name)).toHaveAccessibleDescription('Enter a value.')
  }
  await expect(email.field('username')).not.toHaveAttribute('aria-invalid', 'true')

  await email.fill({ ...workingValues(signet), host: 'not a host', port: 70000, fromAddress: 'nobody', password: '' })
  await email.save()
  await expect(email.field('host')).toHaveAccessibleDescription(/not a server name/)
  await expect(email.field('port')).toHaveAccessibleDescription('The most is 65,535.')
  await expect(email.field('fromAddress')).toHaveAccessibleDescription('This is not an email address.')
  await expect(email.field('host')).toBeFocused()
  await expect(email.field('host')).toHaveValue('not a host')

  await email.fill({ ...workingValues(signet), password: '' })
  await email.save()
  await expect(email.field('password')).toHaveAccessibleDescription('Enter a value.')
  await email.fill({ password: signet.simulator.smtp.password })
  await email.save()
  await expect(email.account('Main')).toBeVisible()

  await email.startAdding()
  await email.fill(workingValues(signet))
  await email.save()
  await expect(email.field('name')).toHaveAccessibleDescription('This is taken already. Choose another.')
  await page.keyboard.press('Escape')
  await expect(email.dialog.getByRole('alert')).toHaveText('What you typed is not saved yet.')
  await email.dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(email.dialog).toBeHidden()
})

test('an encryption suggests its port while the port is a usual one, and a mail service fills all three', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const email = new EmailPage(page)
  await email.open()
  await email.startAdding()
  await expect(email.field('port')).toHaveValue('465')
  await email.fill({ encryption: 'STARTTLS' })
  await expect(email.field('port')).toHaveValue('587')
  await email.fill({ port: 2525, encryption: 'None' })
  await expect(email.field('port')).toHaveValue('2525')
  await email.dialog.getByLabel('Mail service').selectOption({ label: 'Microsoft 365' })
  await expect(email.field('host')).toHaveValue('smtp.office365.com')
  await expect(email.field('port')).toHaveValue('587')
  await expect(email.field('encryption')).toHaveValue('starttls')
})

test('a new name is just saved, a new destination asks for the password again', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await addAccount(signet, organization, 'Main')
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await email.startEditing('Main')
  await expect(email.dialog.getByText(/^set on /)).toBeVisible()
  await email.fill({ name: 'Renamed' })
  await email.save()
  await expect(email.account('Renamed')).toBeVisible()

  await email.startEditing('Renamed')
  await email.fill({ host: '127.0.0.1' })
  await expect(email.field('password')).toHaveAccessibleDescription(
    'The account or server changed, so type this again.',
  )
  await email.save()
  await expect(email.field('password')).toBeFocused()
  await expect(email.account('Renamed')).not.toContainText('127.0.0.1')
  await email.fill({ password: signet.simulator.smtp.password })
  await email.save()
  await expect(email.account('Renamed')).toContainText('127.0.0.1')
})

test('a change of the validated account that does not pass its check saves nothing', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const id = await addAccount(signet, organization, 'Main')
  await validate(signet, organization, id)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await email.startEditing('Main')
  await email.fill({ port: signet.simulator.smtp.plain, password: signet.simulator.smtp.password })
  await email.save()
  await expect(email.stage('Find the server')).toContainText('passed')
  await expect(email.stage('Encrypt')).toContainText('The server offers no STARTTLS.')
  await expect(email.dialog.getByRole('alert')).toContainText('Nothing was saved')
  await expect(email.field('port')).toHaveValue(String(signet.simulator.smtp.plain))

  await email.fill({ port: signet.simulator.smtp.tls, encryption: 'TLS' })
  await email.save()
  await expect(email.dialog).toBeHidden()
  await expect(email.account('Main')).toContainText(`:${signet.simulator.smtp.tls}`)
  await expect(email.account('Main').getByText('Validated', { exact: true })).toBeVisible()
})

test('a validated account whose check fails stays in force and says that it is failing', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const server = await startMailServer()
  const user = 'no-reply@shop.example'
  const config = { host: '127.0.0.1', port: server.port, encryption: 'none', username: user, fromAddress: user }
  const id = await addAccount(signet, organization, 'Main', { ...config, password: 'correct horse battery' })
  await validate(signet, organization, id)
  await addTemplate(signet, organization)
  server.script = { login: { code: 535, text: '5.7.8 Not any more' } }
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await email.validate('Main')
  await expect(email.account('Main').getByText('Validated, failing')).toBeVisible()
  await expect(email.accounts.getByText('Sending through this account is stopped')).toBeVisible()
  await expect(email.scenario('Login').getByText('Account failing')).toBeVisible()
  await server.close()
})

test('deleting says what depends on the account, counted, and leaves the channel without one', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  const api = await signet.api(organization.owner)
  await api.apps.add.mutate({ name: 'Web shop', key: 'web-shop', language: 'en', codeLifetimeMinutes: 10, logo: null })
  await addTemplate(signet, organization)
  const id = await addAccount(signet, organization, 'Main')
  await validate(signet, organization, id)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  await email.open()
  await expect(email.scenario('Login').getByText('Usable')).toBeVisible()
  await email.choose(email.account('Main'), 'Delete')
  await expect(email.dialog).toContainText('sends are refused until another one is validated')
  await expect(email.dialog).toContainText('1 scenario has no sender: Login.')
  await expect(email.dialog).toContainText('1 App has no sender: Web shop.')
  await email.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(email.account('Main')).toBeVisible()

  await email.choose(email.account('Main'), 'Delete')
  await email.dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(email.accounts.getByRole('heading', { name: 'No account yet' })).toBeVisible()
  await expect(email.scenario('Login').getByText('No account', { exact: true })).toBeVisible()
})

test('an author sees name and state only, a viewer everything but the actions', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const id = await addAccount(signet, organization, 'Main')
  await validate(signet, organization, id)
  const email = new EmailPage(page)
  await signet.signIn(page, await organization.add('author'))
  await email.open()
  await expect(email.account('Main').getByText('Validated', { exact: true })).toBeVisible()
  await expect(email.accounts.getByRole('columnheader')).toHaveText(['Account name', 'State'])
  await expect(email.accounts.getByRole('button')).toHaveCount(0)

  await signet.signIn(page, await organization.add('viewer'))
  await email.open()
  await expect(email.account('Main')).toContainText(signet.simulator.smtp.host)
  await email
    .account('Main')
    .getByRole('button', { name: /passed/ })
    .click()
  await expect(email.stage('Log in')).toContainText('passed')
  for (const name of ['Add', 'Validate', 'Edit', 'More', 'Check and send']) {
    await expect(email.accounts.getByRole('button', { name, exact: true })).toHaveCount(0)
  }
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('an account is added and validated', async ({ page, signet }) => {
    await signet.enterNew(page)
    await new EmailPage(page).open()
    const accounts = page.getByRole('region', { name: '邮件配置' })
    await accounts.getByRole('button', { name: '添加', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '添加邮件账号' })
    const { name, host, port, username, password, fromAddress } = workingValues(signet)
    await dialog.getByLabel('加密方式').selectOption('STARTTLS')
    const typed = { 账号名称: name, 'SMTP 服务器': host, 端口: port, 'SMTP 账号': username, 'SMTP 密码': password }
    for (const [label, value] of Object.entries({ ...typed, 发件地址: fromAddress })) {
      await dialog.getByLabel(label, { exact: true }).fill(String(value))
    }
    await dialog.getByRole('button', { name: '保存', exact: true }).click()
    const row = accounts.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await expect(row).toContainText('未验证')
    await row.getByRole('button', { name: '验证' }).click()
    await expect(row.getByText('已验证', { exact: true })).toBeVisible()
    await expect(accounts.getByRole('listitem').filter({ hasText: '加密连接' })).toContainText('连接已加密，证书有效')
  })
})

test('accessible and without sideways scroll, light and dark, wide and narrow', async ({ browser, signet }) => {
  const organization = await signet.newOrganization()
  await addAccount(signet, organization, `A name of sixty letters${'-and-more'.repeat(4)}x`)
  await addAccount(signet, organization, 'Wrong', { password: 'not this one' })
  await inEveryLook(browser, signet, organization.owner, async (page) => {
    const email = new EmailPage(page)
    await email.open()
    await email.validate('Wrong')
    await expect(email.account('Wrong').getByText('Check failed')).toBeVisible()
    await expectSoundPage(page)
    await email.startEditing('Wrong')
    await expectSoundPage(page)
    await email.dialog.getByRole('button', { name: 'Cancel' }).click()
    await email.choose(email.account('Wrong'), 'Delete')
    await expect(email.dialog).toContainText('Nothing depends on it')
    await expectSoundPage(page)
  })
})
