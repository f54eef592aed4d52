/** The command palette and the keys of the console. */
import { expect } from '../support/console.ts'
import { expectSoundPage, inEveryLook, untilQuiet } from '../support/page-checks.ts'
import { alarmTo, send } from '../support/sending.ts'
import { withSending } from '../support/with-sending.ts'
import { MessagePage } from './messages.page.ts'
import { PalettePage } from './palette.page.ts'

withSending(
  'the palette opens by key and by button, and leads to pages, Apps, templates, accounts and messages',
  async ({ page, signet, ready: { organization, sending } }) => {
    const id = await send(signet, sending.testKey, alarmTo('palette@example.com'))
    await signet.signIn(page, organization.owner)
    await page.goto('/')
    const palette = new PalettePage(page)
    await palette.button.click()
    await expect(palette.field).toBeFocused()
    await expect(palette.entry(/^Overview/)).toBeVisible()
    await expect(palette.field).toHaveAttribute('aria-expanded', 'true')
    const active = async () => page.locator(`[id="${await palette.field.getAttribute('aria-activedescendant')}"]`)
    await expect(await active()).toHaveText('Overview')
    await page.keyboard.press('ArrowDown')
    await expect(await active()).toHaveText('Apps')
    await expect(await active()).toHaveAttribute('aria-selected', 'true')
    await expect(palette.dialog.getByRole('option', { selected: true })).toHaveCount(1)
    await expect(palette.dialog.getByRole('group', { name: 'Pages' }).getByRole('option').first()).toHaveText(
      'Overview',
    )
    await expect(palette.dialog.getByRole('status')).toHaveText(/^\d+ results$/)
    await palette.field.fill('audit')
    await expect(palette.dialog.getByRole('status')).toHaveText('1 result')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Audit Log' })).toBeVisible()

    await palette.open()
    await palette.field.fill('sho')
    await palette.entry(/^Shop/).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Shop' })).toBeVisible()

    await palette.open()
    await palette.field.fill('main')
    await expect(palette.entry(/^Main Email|^MainEmail/)).toBeVisible()
    await palette.field.fill('email login')
    await expect(palette.entry('SMS · Login')).toBeHidden()
    await palette.entry('Email · Login').click()
    await page.waitForURL(/email\/templates\/login/)

    await page.goto('/apps')
    await palette.open()
    await palette.field.fill('PALETTE@example.com')
    await expect(palette.entry(/^p•••@example\.com/)).toBeVisible()
    expect(await page.content()).not.toContain('palette@example.com')
    await page.keyboard.press('Enter')
    const message = new MessagePage(page)
    await expect(message.heading).toContainText('p•••@example.com')

    await page.goto('/apps')
    await palette.open()
    await palette.field.fill(id)
    await palette.entry(/^p•••@example\.com/).click()
    await expect(message.heading).toContainText('p•••@example.com')
    await palette.open()
    await palette.field.fill('nothing of the kind')
    await expect(palette.dialog.getByText('Nothing found').last()).toBeVisible()
    await expect(palette.field).toHaveAttribute('aria-expanded', 'false')
    await expectSoundPage(page)
    await page.keyboard.press('Escape')
    await expect(palette.dialog).toBeHidden()
  },
)

withSending(
  'the palette is loaded when it is opened first, and is silent about other organizations',
  async ({ page, signet, ready: { sending } }) => {
    const id = await send(signet, sending.testKey, alarmTo('theirs@example.com'))
    const outside = await signet.newOrganization()
    await signet.signIn(page, outside.owner)
    const scripts: string[] = []
    page.on('response', (answer) => {
      if (/\.js$/.test(new URL(answer.url()).pathname)) scripts.push(answer.url())
    })
    const errors: string[] = []
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    await page.goto('/apps')
    await untilQuiet(page)
    const before = scripts.length
    const palette = new PalettePage(page)
    await palette.open()
    expect(scripts.length).toBeGreaterThan(before)
    for (const text of [id, 'theirs@example.com', 'Shop']) {
      await palette.field.fill(text)
      await expect(palette.dialog.getByText('Nothing found').last()).toBeVisible()
    }
    expect(errors).toEqual([])
  },
)

withSending(
  'keys lead to pages, to the search of a list and to their own list, and not while somebody types',
  async ({ page, signet, ready: { organization } }) => {
    await signet.signIn(page, organization.owner)
    await page.goto('/')
    await untilQuiet(page)
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.waitForURL(/\/messages$/)
    await page.keyboard.press('/')
    const recipient = page.getByLabel('Recipient', { exact: true })
    await expect(recipient).toBeFocused()
    await page.keyboard.type('g/a?')
    await expect(recipient).toHaveValue('g/a?')
    await recipient.blur()
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.waitForURL(/\/apps$/)
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(list).toContainText('Go to Messages')
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.keyboard.press('Escape')
    await expect(list).toBeHidden()
    await expect(page).toHaveURL(/\/apps$/)
  },
)

withSending(
  'the palette is sound in light and dark, wide and narrow, and speaks Chinese',
  async ({ browser, signet, ready: { organization } }) => {
    await inEveryLook(browser, signet, organization.owner, async (page) => {
      await page.goto('/messages')
      await untilQuiet(page)
      const palette = new PalettePage(page)
      await palette.open()
      await palette.field.fill('login')
      await expect(palette.entry('Email · Login')).toBeVisible()
      await expectSoundPage(page)
    })
    const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN' })
    const page = await context.newPage()
    await signet.signIn(page, organization.owner)
    await page.goto('/')
    await page.getByRole('button', { name: '搜索' }).click()
    await page.getByRole('dialog', { name: '搜索' }).getByRole('combobox').fill('邮件登录')
    await expect(page.getByRole('dialog').getByRole('option', { name: '邮件 · 登录' })).toBeVisible()
    await context.close()
  },
)
