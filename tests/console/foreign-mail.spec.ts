/** A mail that means harm, where it is read again: on its page in the log, and in the simulator's inbox. */
import { expect, test } from '../support/console.ts'
import { makeSending, send, untilEnded } from '../support/sending.ts'
import { away, hostile, startElsewhere } from './hostile-mails.ts'
import { MessagePage } from './messages.page.ts'

/** Those that end in the middle of something would take in what stands after them. */
const together = Object.entries(hostile).filter(
  ([name]) => !['frameset', 'closing', 'srcdoc', 'surrogates'].includes(name),
)

test('no mail makes a connection, runs or leads anywhere from the log or from the inbox', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  const { liveKey } = await makeSending(signet, organization)
  const elsewhere = await startElsewhere()
  const mails = [together.map(([, html]) => html).join('\n'), hostile.frameset, hostile.closing, hostile.srcdoc]
  const api = await signet.api(organization.owner)
  await signet.signIn(page, organization.owner)
  const stolen: string[] = []
  await page.route('**/stolen', (route) => {
    stolen.push(route.request().url())
    return route.abort()
  })
  for (const [n, mail] of mails.entries()) {
    const html = `<b>shown</b> \${device_name} ${mail?.replaceAll(away, elsewhere.url).replaceAll('${code}', '')}`
    await api.templates.save.mutate({
      channel: 'email',
      scenario: 'device_alarm',
      appId: null,
      content: { subject: 'Harm', html, text: 'text' },
      baseVersion: n + 1,
    })
    const to = `harm${n}@example.com`
    const variables = { device_name: 'Pump', device_key: 'p', alarm_content: 'hot', alarm_level: 'high' }
    const id = await send(signet, liveKey, { channel: 'email', scenario: 'device_alarm', to, variables })
    await untilEnded(signet, liveKey, id)
    const [delivered] = await signet.simulator.inbox(to)
    const looks = [
      { open: () => new MessagePage(page).open(id), title: 'Content' },
      { open: () => page.goto(`${signet.simulator.url}/messages/${delivered?.id}`), title: 'Preview' },
    ]
    for (const { open, title } of looks) {
      await open()
      const address = page.url()
      await expect(page.frameLocator(`iframe[title="${title}"]`).locator('b').first()).toHaveText('shown')
      await page.waitForTimeout(700)
      expect(await page.evaluate(() => 'taken' in window)).toBe(false)
      expect(page.url()).toBe(address)
      expect([...elsewhere.visits, ...stolen]).toEqual([])
    }
  }
  elsewhere.close()
})
