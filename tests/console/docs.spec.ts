/** The documentation of the HTTP API, as whoever writes an App's backend reads it. */
import { expect, test } from '../support/console.ts'
import { expectSoundPage } from '../support/page-checks.ts'

test('anybody reads how to send, finds a call by its words or path, and copies it in both forms', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/docs')
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await expect(contents.getByRole('link')).toHaveCount(14)
  const search = page.getByRole('searchbox', { name: 'Search the documentation' })
  await search.fill('verifications check')
  await expect(contents.getByRole('link')).toHaveCount(1)
  await search.press('Enter')
  await expect(page).toHaveURL(/#post-api-v1-verifications-id-check$/)
  const chapter = page.getByRole('region', { name: 'Check a code that a person entered' })
  await expect(chapter).toBeInViewport()
  await chapter.getByRole('button', { name: 'Copy TypeScript' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain("fetch('")
  expect(copied).toContain("code: '493817'")
  await expect(
    chapter.getByRole('table', { name: 'Body' }).getByRole('rowheader', { name: 'code required' }),
  ).toBeVisible()
  await search.fill('nothing of the kind')
  await expect(page.getByRole('status')).toHaveText('Nothing found')
  await expectSoundPage(page)
})

test('a problem leads to its row, in Chinese as well', async ({ page, request }) => {
  const { type, code } = await (await request.get('/api/v1/messages')).json()
  await page.goto(type)
  await expect(page.getByRole('row', { name: `${code} 401` })).toBeInViewport()
  await page.getByRole('button', { name: '简体中文' }).click()
  await expect(page.getByRole('rowheader', { name: code, exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: '校验用户输入的验证码' })).toContainText('错误五次之后')
  await expect(page.locator('main')).not.toContainText('Key of a scenario')
})
