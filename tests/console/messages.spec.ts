/** The message log: found by filters, followed until it ends, and readable by those who may, as far as they may. */
import { momentOf } from '#console/ui/local-time.ts'
import { expect, test } from '../support/console.ts'
import { expectSoundPage, inEveryLook } from '../support/page-checks.ts'
import { alarmTo, codeTo, makeSending, send, untilEnded } from '../support/sending.ts'
import { withSending } from '../support/with-sending.ts'
import { MessagePage, MessagesPage } from './messages.page.ts'

withSending(
  'what a backend sends is in the inbox and in the log, with its time line and without its code',
  async ({ page, signet, ready: { organization, sending } }) => {
    const id = await send(signet, sending.liveKey, { ...codeTo('ann@example.com', '731946'), reference: 'order-17' })
    await untilEnded(signet, sending.liveKey, id)
    const [mail] = await signet.simulator.inbox('ann@example.com')
    expect(mail?.content.text).toContain('731946')

    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open()
    const row = log.row('a•••@example.com').first()
    for (const words of ['Shop', 'Login', 'Email', 'Sent']) await expect(row).toContainText(words)
    await row.getByRole('rowheader').getByRole('link').click()

    const message = new MessagePage(page)
    await expect(message.heading).toHaveText('Login by email to a•••@example.com')
    await expect(message.timeLine).toHaveCount(3)
    await expect(message.timeLine.nth(0)).toContainText(/Sent · attempt 1.*Main took it in .+ms/)
    await expect(message.timeLine.nth(1)).toContainText(/Taken by a worker.*after it was accepted/)
    await expect(message.timeLine.nth(2)).toContainText('API key “live key”')
    await expect(message.fact('App')).toContainText('Shop')
    await expect(message.fact('Template')).toContainText('Default, version 1')
    await expect(message.fact('Account')).toContainText('Main')
    await expect(message.fact('Reference')).toContainText('order-17')
    await expect(message.fact('Code valid until')).toContainText('UTC')

    const frame = page.frameLocator('iframe[title="Content"]')
    await expect(frame.getByText('Hello a•••@example.com, your code is ••••••.')).toBeVisible()
    await page.getByRole('tab', { name: 'HTML' }).press('ArrowRight')
    await expect(page.getByRole('tabpanel', { name: 'Plain text' })).toContainText('your code is ••••••')
    expect(await page.content()).not.toContain('731946')
  },
)

withSending(
  'a message is followed until it is sent, without loading the page anew',
  async ({ page, signet, ready: { organization, sending } }) => {
    const to = 'grey@example.com'
    await signet.simulator.control({ channel: 'email', kind: 'reject_data', to, times: 1, code: 451 })
    const id = await send(signet, sending.liveKey, alarmTo(to))
    await signet.signIn(page, organization.owner)
    const message = new MessagePage(page)
    await message.open(id)
    await page.evaluate(() => Object.assign(window, { stayed: true }))
    await expect(message.status('Sent')).toBeVisible()
    await expect(message.timeLine.filter({ hasText: 'Held back' })).toContainText(
      /attempt 1.*Not taken for now\. Trying again at .+ 451/,
    )
    await expect(message.timeLine.first()).toContainText('attempt 2')
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true)
  },
)

withSending(
  'a failed message says why in words and as the server did, and can be sent again',
  async ({ page, signet, ready: { organization, sending } }) => {
    const to = 'gone@example.com'
    await signet.simulator.control({ channel: 'email', kind: 'reject_recipient', to, times: 1, code: 550 })
    const id = await send(signet, sending.liveKey, alarmTo(to))
    await signet.signIn(page, organization.owner)
    const message = new MessagePage(page)
    await message.open(id)
    await expect(message.status('Failed')).toBeVisible()
    const problem = page.getByRole('alert').filter({ hasText: 'This message was not sent.' })
    await expect(problem).toContainText('The recipient was refused. Check the address.')
    await problem.getByText('Details', { exact: true }).first().click()
    await expect(problem).toContainText('550')

    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(message.dialog).toContainText('It goes back in the queue for g•••@example.com')
    await message.dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(message.status('Failed')).toBeVisible()
    await page.getByRole('button', { name: 'Send again' }).click()
    await message.dialog.getByRole('button', { name: 'Send again' }).click()
    await expect(message.status('Sent')).toBeVisible()
    await expect(message.timeLine.filter({ hasText: 'Sent again' })).toContainText('by Olga Owner')
    await expect(page.getByRole('button', { name: 'Send again' })).toBeHidden()
    await expect.poll(() => signet.simulator.count(to)).toBe(1)
  },
)

withSending(
  'a code that failed cannot be sent again, and the page says what to do instead',
  async ({ page, signet, ready: { organization, sending } }) => {
    const id = await send(signet, sending.liveKey, codeTo('late@example.com'))
    const to = 'never@example.com'
    await signet.simulator.control({ channel: 'email', kind: 'reject_recipient', to, times: 1, code: 550 })
    const failed = await send(signet, sending.liveKey, codeTo(to))
    await signet.signIn(page, organization.owner)
    const message = new MessagePage(page)
    await message.open(failed)
    await expect(message.status('Failed')).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'The App has to send a new one.' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Send again' })).toBeHidden()
    await message.open(id)
    await expect(page.getByRole('alert').filter({ hasText: 'not sent' })).toBeHidden()
  },
)

withSending(
  'a test key’s messages are marked, and end as their address says',
  async ({ page, signet, ready: { organization, sending } }) => {
    for (const to of ['failed@test.example.com', 'anybody@test.example.com']) {
      await untilEnded(signet, sending.testKey, await send(signet, sending.testKey, alarmTo(to)))
    }
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open()
    await expect(log.row('f•••@test.example.com')).toContainText(/Test key.*Failed.*Set by the test address/)
    await expect(log.row('a•••@test.example.com')).toContainText(/Test key.*Delivered/)
    expect(await signet.simulator.count('anybody@test.example.com')).toBe(0)
  },
)

withSending(
  'an owner reveals a recipient, which is audited; others see it masked',
  async ({ page, browser, signet, ready: { organization, sending } }) => {
    const id = await send(signet, sending.liveKey, alarmTo('secretive@example.com'))
    await signet.signIn(page, organization.owner)
    const message = new MessagePage(page)
    await message.open(id)
    await message.fact('Recipient').getByRole('button', { name: 'Reveal' }).click()
    await expect(message.fact('Recipient')).toContainText('secretive@example.com')
    await page.goto('/personal-center/audit-log?subject=message')
    await expect(
      page
        .getByRole('table', { name: 'Audit Log' })
        .getByRole('row', { name: /Recipient revealed/ })
        .first(),
    ).toContainText('s•••@example.com')

    for (const role of ['author', 'viewer'] as const) {
      const context = await browser.newContext({ baseURL: signet.url })
      const other = await context.newPage()
      await signet.signIn(other, await organization.add(role))
      const theirs = new MessagePage(other)
      await theirs.open(id)
      await expect(theirs.fact('Recipient')).toContainText('s•••@example.com')
      await expect(other.getByRole('button', { name: 'Reveal' })).toBeHidden()
      await expect(other.getByRole('button', { name: 'Send again' })).toBeHidden()
      expect(await other.content()).not.toContain('secretive@example.com')
      await context.close()
    }
  },
)

withSending('another organization’s message is not there', async ({ page, signet, ready: { sending } }) => {
  const id = await send(signet, sending.testKey, alarmTo('inside@example.com'))
  const outside = await signet.newOrganization()
  await signet.signIn(page, outside.owner)
  await new MessagePage(page).open(id)
  await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
  await new MessagesPage(page).open()
  await expect(page.getByRole('heading', { name: 'No messages yet' })).toBeVisible()
  await expect(page.getByText(`curl ${signet.url}/api/v1/messages`)).toBeVisible()
  await page.goto('/messages/nonsense')
  await expect(page.getByRole('heading', { name: 'This record is not here' })).toBeVisible()
})

withSending('filters live in the URL, hold together and stay while paging', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const { testKey } = await makeSending(signet, organization)
  for (let batch = 0; batch < 6; batch += 1) {
    const to = (n: number) => (n === 0 ? alarmTo('failed@example.com') : alarmTo(`user${batch}-${n}@example.com`))
    const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => send(signet, testKey, to(n))))
    await untilEnded(signet, testKey, ids[0] ?? '')
  }
  await signet.signIn(page, organization.owner)
  const log = new MessagesPage(page)
  await log.open()
  await expect(log.rows).toHaveCount(50)
  await log.filter('App').selectOption('Shop')
  await log.filter('Scenario').selectOption('Device alarm')
  await log.apply()
  await page.waitForURL('**/messages?app=shop&scenario=device_alarm')
  await page.getByRole('link', { name: 'Older' }).click()
  await page.waitForURL(/app=shop&scenario=device_alarm&cursor=before/)
  await expect(log.rows).toHaveCount(10)
  await expect(log.filter('Scenario')).toHaveValue('device_alarm')
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(log.rows).toHaveCount(50)

  await log.filter('Status').selectOption('Not sent (any reason)')
  await log.apply()
  await expect(log.rows).toHaveCount(6)
  await log.filter('Recipient').fill('Failed@Example.com')
  await log.apply()
  await page.waitForURL(/recipient=Failed%40Example\.com/)
  await expect(log.rows).toHaveCount(6)
  await log.filter('Recipient').fill('failed')
  await log.apply()
  await page.waitForURL(/recipient=failed$/)
  await expect(page.getByRole('heading', { name: 'No message matches these filters' })).toBeVisible()
  await page.getByRole('link', { name: 'Show all messages' }).click()
  await expect(log.rows).toHaveCount(50)
})

withSending('the filter form works without scripts', async ({ browser, signet, ready: { organization, sending } }) => {
  await send(signet, sending.testKey, alarmTo('scriptless@example.com'))
  const context = await browser.newContext({ baseURL: signet.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await signet.signIn(page, organization.owner)
  const log = new MessagesPage(page)
  await log.open()
  await log.filter('Recipient').fill('scriptless@example.com')
  await log.apply()
  await expect(log.rows).toHaveCount(1)
  await expect(log.filter('Recipient')).toHaveValue('scriptless@example.com')
  await log.rows.first().getByRole('link').click()
  await expect(new MessagePage(page).heading).toContainText('s•••@example.com')
  await context.close()
})

withSending(
  'a filter that makes no sense is left out with a sentence, and the others hold',
  async ({ page, signet, ready: { organization, sending } }) => {
    await send(signet, sending.testKey, alarmTo('holds@example.com'))
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open('?status=lost&from=yesterday&app=nobody&recipient=holds@example.com&cursor=7&status=sent')
    const told = page.getByRole('status').filter({ hasText: 'Some filters were left out.' })
    await expect(told).toContainText('There is no status “lost”.')
    await expect(told).toContainText('“yesterday” is not a date and time.')
    await expect(told).toContainText('There is no App with the key “nobody”.')
    await expect(told).toContainText('This is not a page of the log.')
    await expect(log.rows).toHaveCount(1)
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await page.waitForURL(/\/messages$/)
  },
)

withSending(
  'a time range is meant in the reader’s zone',
  async ({ browser, signet, ready: { organization, sending } }) => {
    await send(signet, sending.testKey, alarmTo('timely@example.com'))
    const hour = 3_600_000
    /** What the clock shows in a zone that is hours ahead of UTC all year. */
    const clock = (moment: number, ahead: number) => new Date(moment + ahead * hour).toISOString().slice(0, 16)
    for (const [timezoneId, ahead] of [
      ['Asia/Shanghai', 8],
      ['America/Phoenix', -7],
    ] as const) {
      const context = await browser.newContext({ baseURL: signet.url, timezoneId })
      const page = await context.newPage()
      await signet.signIn(page, organization.owner)
      const log = new MessagesPage(page)
      await log.open('?recipient=timely@example.com')
      await expect.poll(async () => (await context.cookies()).some(({ name }) => name === 'tz')).toBe(true)
      const range = async (from: number, until: number) => {
        await log.filter('From').fill(clock(from, ahead))
        await log.filter('Until').fill(clock(until, ahead))
        await log.apply()
        await page.waitForURL((url) => url.searchParams.get('to') === clock(until, ahead))
      }
      const now = Date.now()
      await range(now - hour, now + hour)
      await expect(log.rows).toHaveCount(1)
      await range(now - hour, now - hour / 2)
      await expect(page.getByRole('heading', { name: 'No message matches these filters' })).toBeVisible()
      await context.close()
    }
  },
)

withSending(
  'rows and views are reached by keyboard alone',
  async ({ page, signet, ready: { organization, sending } }) => {
    await send(signet, sending.testKey, alarmTo('keyboard@example.com'))
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open('?recipient=keyboard@example.com')
    await log.filter('Recipient').focus()
    for (let tabs = 0; tabs < 7; tabs += 1) await page.keyboard.press('Tab')
    await expect(log.rows.first().getByRole('link')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(new MessagePage(page).heading).toContainText('k•••@example.com')
    await page.getByRole('tab', { name: 'HTML' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name: 'Plain text' })).toBeFocused()
    await expect(page.getByRole('tabpanel', { name: 'Plain text' })).toBeVisible()
  },
)

withSending(
  'the log and a message are sound in light and dark, wide and narrow',
  async ({ browser, signet, ready: { organization, sending } }) => {
    const id = await send(signet, sending.testKey, alarmTo('failed@looks.example.com'))
    await inEveryLook(browser, signet, organization.owner, async (page) => {
      await new MessagesPage(page).open('?status=lost')
      await expectSoundPage(page)
      const message = new MessagePage(page)
      await message.open(id)
      await expect(message.status('Failed')).toBeVisible()
      await expectSoundPage(page)
    })
  },
)

withSending(
  'in Chinese the log and a message read as Chinese',
  async ({ browser, signet, ready: { organization, sending } }) => {
    const id = await send(signet, sending.testKey, alarmTo('failed@zh.example.com'))
    await untilEnded(signet, sending.testKey, id)
    const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN' })
    const page = await context.newPage()
    await signet.signIn(page, organization.owner)
    await page.goto('/messages?status=problem')
    const row = page
      .getByRole('table', { name: '消息记录' })
      .getByRole('row')
      .filter({ hasText: 'f•••@zh.example.com' })
    await expect(row).toContainText(/测试密钥.*设备告警.*邮件.*失败.*由测试地址指定/)
    await row.getByRole('link').click()
    await expect(page.getByRole('heading', { name: '邮件 · 设备告警 · f•••@zh.example.com' })).toBeVisible()
    await expect(page.getByRole('region', { name: '投递过程' })).toContainText('已受理')
    await page.goto(`/messages/${id}`)
    await expect(page.getByRole('alert').filter({ hasText: '消息未能发出。' })).toBeVisible()
    await context.close()
  },
)

test('a clock time stands for the right moment, also when clocks are turned', () => {
  const moments = {
    '2026-11-12T10:00 Asia/Shanghai': '2026-11-12T02:00:00.000Z',
    '2026-07-01T00:00 America/New_York': '2026-07-01T04:00:00.000Z',
    '2026-10-25T02:30 Europe/Berlin': '2026-10-25T00:30:00.000Z',
    '2026-03-29T02:30 Europe/Berlin': '2026-03-29T01:30:00.000Z',
  }
  for (const [written, expected] of Object.entries(moments)) {
    const [local = '', zone = ''] = written.split(' ')
    expect(momentOf(local, zone)?.toISOString()).toBe(expected)
  }
  for (const nonsense of ['yesterday', '2026-02-30T10:00', '2026-01-01T24:00', '']) {
    expect(momentOf(nonsense, 'UTC')).toBeUndefined()
  }
})
