/** The log while somebody looks: what is new, following, other orders and sizes, and taking it along as a file. */
import { readFile } from 'node:fs/promises'
import { expect, type Organization, test } from '../support/console.ts'
import { untilQuiet } from '../support/page-checks.ts'
import { alarmTo, makeSending, type Sending, send, untilEnded } from '../support/sending.ts'
import { MessagePage, MessagesPage } from './messages.page.ts'

type Ready = { organization: Organization; sending: Sending }

const withSending = test.extend<{ ready: Ready }>({
  ready: async ({ signet }, use) => {
    const organization = await signet.newOrganization()
    await use({ organization, sending: await makeSending(signet, organization) })
  },
})

withSending(
  'new messages are counted above the log within its filters, and shown on a click without leaving the page',
  async ({ page, signet, ready: { organization, sending } }) => {
    await send(signet, sending.testKey, alarmTo('first@example.com'))
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open('?channel=email')
    await expect(log.rows).toHaveCount(1)
    await page.evaluate(() => Object.assign(window, { stayed: true }))
    for (const to of ['second@example.com', 'third@example.com']) await send(signet, sending.testKey, alarmTo(to))
    const fresh = page.getByRole('status').getByRole('button', { name: '2 new' })
    await expect(fresh).toBeVisible()
    await expect(log.rows).toHaveCount(1)
    await fresh.click()
    await expect(log.rows).toHaveCount(3)
    await expect(fresh).toBeHidden()
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeFocused()
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true)

    await log.row('f•••@example.com').getByRole('link').click()
    await expect(new MessagePage(page).heading).toContainText('f•••@example.com')
    await page.goBack()
    await page.waitForURL(/\/messages\?channel=email$/)
    await expect(log.rows).toHaveCount(3)

    await log.open('?channel=sms')
    await send(signet, sending.testKey, alarmTo('fourth@example.com'))
    const polled = page.waitForResponse((answer) => answer.url().includes('messages.countNew'))
    await polled
    await expect(page.getByRole('button', { name: /new$/ })).toBeHidden()
  },
)

withSending(
  'with Follow new messages flow in by themselves; Refresh shows them at once',
  async ({ page, signet, ready: { organization, sending } }) => {
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open()
    await expect(page.getByRole('heading', { name: 'No messages yet' })).toBeVisible()
    await page.getByRole('checkbox', { name: 'Follow' }).check()
    const id = await send(signet, sending.testKey, alarmTo('flowing@example.com'))
    await expect(log.rows).toHaveCount(1)
    await untilEnded(signet, sending.testKey, id)
    await expect(log.row('f•••@example.com')).toContainText('Delivered')
    await page.getByRole('checkbox', { name: 'Follow' }).uncheck()
    await send(signet, sending.testKey, alarmTo('second@example.com'))
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(log.rows).toHaveCount(2)
  },
)

withSending(
  'page size and order stand in the address, hold with filters and while paging',
  async ({ page, signet, ready: { organization, sending } }) => {
    const ids: string[] = []
    for (let n = 0; n < 30; n += 1) ids.push(await send(signet, sending.testKey, alarmTo(`user${n}@example.com`)))
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open()
    await expect(log.rows).toHaveCount(30)
    await page.getByRole('navigation', { name: 'Messages a page' }).getByRole('link', { name: '25' }).click()
    await page.waitForURL(/\/messages\?size=25$/)
    await expect(log.rows).toHaveCount(25)
    await log.table.getByRole('columnheader', { name: 'Time' }).getByRole('link').click()
    await page.waitForURL(/size=25&sort=oldest$/)
    await expect(log.rows.first().getByRole('link')).toHaveAttribute('href', `/messages/${ids[0]}`)
    await log.filter('Scenario').selectOption('Device alarm')
    await log.apply()
    await page.waitForURL(/scenario=device_alarm.*size=25&sort=oldest$/)
    await page.getByRole('link', { name: 'Newer' }).click()
    await page.waitForURL(/cursor=after/)
    await expect(log.rows).toHaveCount(5)
    await expect(log.rows.last().getByRole('link')).toHaveAttribute('href', `/messages/${ids[29]}`)
    await expect(page.getByRole('checkbox', { name: 'Follow' })).toBeHidden()
    await page.getByRole('link', { name: 'Older' }).click()
    await expect(log.rows).toHaveCount(25)
    await log.open('?size=7&sort=name')
    const problems = page.getByRole('status').filter({ hasText: 'Some filters were left out.' })
    await expect(problems).toContainText('not “7”. The log cannot be sorted by “name”.')
  },
)

withSending(
  'the log leaves as a CSV file with the filters of the page, masked, and a refusal is told in place',
  async ({ page, browser, signet, ready: { organization, sending } }) => {
    for (const to of ['failed@example.com', 'anybody@example.com']) {
      await untilEnded(signet, sending.testKey, await send(signet, sending.testKey, alarmTo(to)))
    }
    await signet.signIn(page, organization.owner)
    const log = new MessagesPage(page)
    await log.open('?status=problem')
    const link = page.getByRole('link', { name: 'Export CSV' })
    const download = page.waitForEvent('download')
    await link.click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^messages-.+\.csv$/)
    const text = await readFile(await file.path(), 'utf8')
    expect(text).toContain('\uFEFFTime,App,Kind,Scenario')
    expect(text.split('\r\n')).toHaveLength(3)
    expect(text).toContain('f•••@example.com')
    expect(text).not.toContain('anybody')

    await page.goto('/personal-center/audit-log?subject=message')
    const entry = page.getByRole('table', { name: 'Audit Log' }).getByRole('row', { name: /Messages exported/ })
    await entry.getByText('Show').click()
    await expect(entry).toContainText(/Not sent \(any reason\)\s*Yes/)

    const context = await browser.newContext({ baseURL: signet.url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    const theirs = await context.newPage()
    await signet.signIn(theirs, await organization.add('viewer'))
    await theirs.goto('/messages')
    await untilQuiet(theirs)
    await theirs.reload()
    const chinese = theirs.waitForEvent('download')
    await theirs.getByRole('link', { name: '导出 CSV' }).click()
    const lines = (await readFile(await (await chinese).path(), 'utf8')).split('\r\n')
    expect(lines[0]).toContain('时间,应用')
    expect(lines[1]).toMatch(/\+08:00,Shop,测试密钥,device_alarm,邮件,a•••@example\.com,已送达/)
    await context.close()

    await log.open()
    for (let n = 0; n < 8; n += 1) {
      await page.request.get((await link.getAttribute('href')) ?? '')
    }
    await link.click()
    await expect(page.getByRole('alert').filter({ hasText: 'The file was not made.' })).toContainText(
      /exported often .* Try again in \d+ minutes?\./,
    )
  },
)
