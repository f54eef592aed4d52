/** Forms anywhere in the console: what was typed is kept until its author throws it away, or saves it. */
import type { Page } from '@playwright/test'
import { expect, test } from '../support/console.ts'
import { untilQuiet } from '../support/page-checks.ts'
import { addApp } from '../support/sending.ts'
import { EmailPage } from './email.page.ts'
import { TemplatePage } from './templates.page.ts'

const values = {
  name: 'Kept',
  host: 'smtp.example.com',
  port: 465,
  username: 'me',
  password: 'secret',
  fromAddress: 'me@example.com',
} as const

async function startTyping(page: Page): Promise<EmailPage> {
  const email = new EmailPage(page)
  await email.open()
  await email.startAdding()
  await email.fill(values)
  return email
}

test('who keeps editing saves nothing, by mouse and by keyboard, and keeps every value', async ({ page, signet }) => {
  await signet.enterNew(page)
  const saves: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('accounts.save')) saves.push(request.url())
  })
  const email = await startTyping(page)
  const keep = email.dialog.getByRole('button', { name: 'Keep editing' })
  for (const act of [() => keep.click(), () => keep.press('Enter'), () => keep.press('Space')]) {
    await email.dialog.getByRole('button', { name: 'Cancel' }).click()
    await act()
    await expect(email.dialog.getByRole('button', { name: 'Save', exact: true })).toBeVisible()
    await expect(email.dialog.getByRole('button', { name: 'Working' })).toHaveCount(0)
    await expect(email.field('name')).toHaveValue('Kept')
    await expect(email.field('password')).toHaveValue('secret')
  }
  expect(saves).toEqual([])
})

test('Escape never throws away what was typed, however often it is pressed and wherever the cursor is', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const email = await startTyping(page)
  for (const place of ['a field', 'beside the fields']) {
    if (place === 'a field') await email.field('name').focus()
    else await email.dialog.getByRole('heading').click()
    for (let n = 0; n < 6; n++) {
      await page.keyboard.press('Escape')
      await expect(email.dialog).toBeVisible()
    }
    await expect(email.dialog.getByRole('alert')).toHaveText('What you typed is not saved yet.')
    await expect(email.field('name')).toHaveValue('Kept')
    await email.dialog.getByRole('button', { name: 'Keep editing' }).click()
  }
  await email.dialog.getByRole('button', { name: 'Cancel' }).click()
  await email.dialog.getByRole('button', { name: 'Discard' }).click()
  await expect(email.dialog).toHaveCount(0)
  await email.startAdding()
  await expect(email.field('name')).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(email.dialog).toHaveCount(0)
})

test('who goes on typing while a save is under way goes on in the same field, whatever comes of it', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const email = await startTyping(page)
  await email.fill({ name: 'n'.repeat(61) })
  const { promise: held, resolve: answer } = Promise.withResolvers<void>()
  await page.route(/accounts\.save/, async (route) => {
    await held
    await route.continue()
  })
  await email.dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await email.field('username').fill('')
  await email.field('username').press('s')
  answer()
  await expect(email.field('name')).toHaveAccessibleDescription('At most 60 characters.')
  await page.keyboard.type('ignet')
  await expect(email.field('username')).toHaveValue('signet')
  await email.dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(email.field('name')).toBeFocused()
})

test('a drawer opens with the cursor in its first field, and gives the focus back', async ({ page, signet }) => {
  await signet.enterNew(page)
  const email = new EmailPage(page)
  await email.open()
  await email.startAdding()
  await expect(email.field('name')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(email.accounts.getByRole('button', { name: 'Add', exact: true })).toBeFocused()
  await page.goto('/apps')
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await expect(email.dialog.getByRole('textbox').first()).toBeFocused()
})

/** Holds the scripts of a page back until they are let go. */
async function holdScripts(page: Page): Promise<() => void> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    await held
    await route.continue()
  })
  return letGo
}

test('what is typed before a page has come to life stays as it was typed', async ({ page, signet }) => {
  await signet.enterNew(page)
  const letGo = await holdScripts(page)
  await page.goto('/personal-center/profile', { waitUntil: 'commit' })
  const about = page.getByRole('region', { name: 'About you' })
  await about.getByRole('textbox', { name: 'Name' }).fill('Typed early')
  await about.getByRole('combobox').selectOption('en')
  await about.getByRole('button', { name: 'Save' }).click()
  letGo()
  await expect(about.getByRole('status')).toBeVisible()
  await page.reload()
  await expect(about.getByRole('textbox', { name: 'Name' })).toHaveValue('Typed early')
  await expect(about.getByRole('combobox')).toHaveValue('en')
})

test('a form that is sent before the page has come to life is sent once it has, with what was typed', async ({
  page,
  signet,
}) => {
  const { owner } = await signet.newOrganization()
  await page.goto('/sign-in?next=%2Fapps')
  const letGo = await holdScripts(page)
  await page.reload({ waitUntil: 'commit' })
  await page.getByLabel('Email', { exact: true }).fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(owner.email)
  letGo()
  await expect(page.getByRole('heading', { name: 'Apps', exact: true })).toBeVisible()
})

const templates = '/personal-center/third-party-configuration'

test('what is chosen beside a form before the page has come to life is heard once it has', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const author = await organization.add('author')
  await addApp(signet, organization)
  await signet.signIn(page, organization.owner)
  const letMembersGo = await holdScripts(page)
  await page.goto('/personal-center/members', { waitUntil: 'commit' })
  const member = page.getByRole('row').filter({ hasText: author.email })
  await member.getByRole('combobox').selectOption('Viewer')
  letMembersGo()
  await expect(member.getByRole('button', { name: 'Save' })).toBeVisible()
  const letTemplatesGo = await holdScripts(page)
  await page.goto(`${templates}/email`, { waitUntil: 'commit' })
  await page.getByRole('combobox', { name: 'App', exact: true }).selectOption('Shop')
  letTemplatesGo()
  await expect(page).toHaveURL(/app=shop/)
})

test('what was typed before the editor came to life, and nothing after, is kept as a draft', async ({
  page,
  signet,
}) => {
  await signet.signIn(page)
  const letGo = await holdScripts(page)
  await page.goto(`${templates}/email/templates/login`, { waitUntil: 'commit' })
  const subject = page.getByRole('textbox', { name: 'Subject' })
  await subject.fill('Typed early')
  letGo()
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
  const kept = () => page.evaluate(() => Object.values(localStorage).join())
  await expect.poll(kept).toContain('Typed early')
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  await expect(subject).toHaveValue('Typed early')
})

for (const [name, address] of Object.entries({
  profile: '/personal-center/profile',
  'the message log': '/messages',
  'the audit log': '/personal-center/audit-log',
  'an email template': `${templates}/email/templates/login`,
  'an SMS template': `${templates}/sms/templates/login`,
  'a voice template': `${templates}/voice/templates/login`,
  'a push rule': `${templates}/official-account/rules/new`,
})) {
  test(`what is entered before ${name} has come to life stays, and is mixed with nothing`, async ({ page, signet }) => {
    await signet.signIn(page)
    const letGo = await holdScripts(page)
    await page.goto(address, { waitUntil: 'commit' })
    await expect(page.getByRole('main')).toBeVisible()
    await page.waitForLoadState('domcontentloaded')
    const fields = page
      .getByRole('main')
      .locator('input:not([type]), input[type="text"], input[type="search"], textarea, select')
      .and(page.locator(':not([inputmode="numeric"])'))
      .filter({ visible: true })
    const count = await fields.count()
    expect(count).toBeGreaterThan(0)
    for (let n = 0; n < count; n++) {
      const field = fields.nth(n)
      if (!(await field.isEditable())) continue
      const options = await field.evaluate((element) => (element instanceof HTMLSelectElement ? element.length : 0))
      if (options > 1) await field.selectOption({ index: options - 1 })
      else if (options === 0) await field.fill(`typed ${n}`)
    }
    const valuesNow = () => fields.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))
    // In a template's form other fields may follow from what is entered.
    const isForm = address.startsWith(templates)
    const entered = (await valuesNow()).filter((value) => !isForm || value.startsWith('typed'))
    letGo()
    await page.waitForFunction(() =>
      Object.keys(document.querySelector('main :is(input, textarea, select)') ?? {}).some((key) =>
        key.startsWith('__react'),
      ),
    )
    await untilQuiet(page)
    const lost = async () => {
      const left = await valuesNow()
      return entered.filter((value) => !left.includes(value))
    }
    await expect.poll(lost).toEqual([])
    if (name.includes('template') && entered.length > 0) {
      await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
    }
  })
}

test('what is chosen in the source is what the next text replaces, also while the editor is drawn anew', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill('<p>old ${code}</p>')
  await template.html.evaluate((element) => {
    type View = { dispatch(spec: object): void; state: { doc: { length: number } } }
    const { view } = (element as HTMLElement & { cmTile: { view: View } }).cmTile
    const range = document.createRange()
    range.selectNodeContents(element)
    getSelection()?.removeAllRanges()
    getSelection()?.addRange(range)
    // As a draft does that is put back: the editor is drawn before the browser has told of the selection.
    view.dispatch({ changes: { from: view.state.doc.length, insert: '<!-- came meanwhile -->' } })
  })
  await page.keyboard.insertText('<p>new</p>')
  await template.expectSource('<p>new</p><!-- came meanwhile -->')
})
