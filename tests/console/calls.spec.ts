/** What the console's pages call, as the browser's own tools show it. */
import { expect, test } from '../support/console.ts'
import { EmailPage } from './email.page.ts'

test('calls are shown as ended, not as cancelled, be they streamed or batched', async ({ page, signet }) => {
  await signet.signIn(page)
  const ended: string[] = []
  const failed: string[] = []
  const name = (url: string) => new URL(url).pathname.replace('/api/trpc/', '')
  page.on('requestfinished', (request) => request.url().includes('/api/trpc/') && ended.push(name(request.url())))
  page.on('requestfailed', (request) => request.url().includes('/api/trpc/') && failed.push(name(request.url())))
  const email = new EmailPage(page)
  await email.open()
  const row = page.getByRole('table', { name: 'Email Configuration' }).getByRole('row').nth(1)
  await row.getByRole('button', { name: 'Validate' }).click()
  // A check answers stage by stage; the lists that it changed are read again in one batch.
  await expect.poll(() => ended.some((path) => path.startsWith('accounts.validate'))).toBe(true)
  await expect.poll(() => ended.some((path) => path.includes('accounts.list'))).toBe(true)
  expect(failed).toEqual([])
})
