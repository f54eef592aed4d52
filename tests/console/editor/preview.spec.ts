/** The preview is one document for as long as it is looked at: nothing flashes or jumps, and the way back stays free. */
import type { Page } from '@playwright/test'
import { expect, test } from '../../support/console.ts'
import { EmailPage } from '../email.page.ts'
import { TemplatePage } from '../templates.page.ts'
import { storeTemplate } from './make-templates.ts'

const rows = Array.from({ length: 300 }, (_, n) => `<tr><td style="padding:8px 16px">Row ${n} of \${code}</td></tr>\n`)
const long = `<body style="margin:0;background:#204060;color:#fff">\n<p>x</p>\n<table>\n${rows.join('')}</table>`

/** Watches the preview in every frame that the browser draws: whether it is the same document, with the mail, at its place. */
async function film(page: Page, scrollTop: number): Promise<() => Promise<{ frames: number; faults: string[] }>> {
  await page.evaluate((top) => {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[title="Preview"]')
    const inside = frame?.contentDocument
    if (!frame || !inside) throw new Error('There is no preview.')
    inside.documentElement.scrollTo(0, top)
    const place = inside.documentElement.scrollTop
    const filmed = { frames: 0, faults: [] as string[] }
    const look = () => {
      filmed.frames++
      if (!frame.isConnected || frame.contentDocument !== inside) filmed.faults.push('another document')
      if (inside.querySelectorAll('tr').length !== 300) filmed.faults.push('no mail')
      if (inside.documentElement.scrollTop !== place) filmed.faults.push('another place')
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    Object.assign(globalThis, { filmed })
  }, scrollTop)
  return () => page.evaluate(() => (globalThis as unknown as { filmed: { frames: number; faults: string[] } }).filmed)
}

for (const [name, top] of Object.entries({ top: 0, middle: 4000, end: 1_000_000 })) {
  test(`two hundred keystrokes with the preview at its ${name}: no white frame, no jump, no history entry`, async ({
    page,
    signet,
  }) => {
    await signet.enterNew(page)
    const template = new TemplatePage(page)
    await template.open('login')
    await template.html.fill(long)
    await expect(template.preview.getByText('Row 299 of')).toBeAttached()
    const entries = await page.evaluate(() => history.length)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowLeft')
    const developed = await film(page, top)
    const box = await page.locator('iframe[title="Preview"]').boundingBox()
    if (!box) throw new Error('There is no preview.')
    const clip = { x: box.x + box.width - 60, y: box.y + box.height / 2, width: 24, height: 24 }
    const first = await page.screenshot({ clip })
    let isTyping = true
    const typing = page.keyboard.type('y'.repeat(200), { delay: 15 }).finally(() => {
      isTyping = false
    })
    const pictures: boolean[] = []
    while (isTyping) pictures.push((await page.screenshot({ clip })).equals(first))
    await typing
    await expect(template.preview.locator('p')).toHaveText(`x${'y'.repeat(200)}`)
    expect(pictures.filter((isSame) => !isSame)).toEqual([])
    expect(pictures.length).toBeGreaterThan(5)
    const { frames, faults } = await developed()
    expect(frames).toBeGreaterThan(20)
    expect([...new Set(faults)]).toEqual([])
    expect(await page.evaluate(() => history.length)).toBe(entries)
  })
}

test('what is typed below the fold comes into sight in the preview', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill(`${long}<p id="last">z</p>`)
  await expect(template.preview.getByText('Row 299 of')).toBeAttached()
  await expect(template.preview.locator('#last')).not.toBeInViewport()
  await page.keyboard.press('Control+End')
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('zz')
  await expect(template.preview.locator('#last')).toHaveText('zzz')
  await expect(template.preview.locator('#last')).toBeInViewport()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('y')
  await expect(template.preview.getByText('xy')).toBeInViewport()
})

test('what is selected in the preview stays selected while somebody types, and no policy complains', async ({
  page,
  signet,
}) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill('<p>chosen</p><div></div>')
  const errors: string[] = []
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && errors.push(message.text()))
  const selected = () => template.preview.locator('html').evaluate((html) => String(html.ownerDocument.getSelection()))
  await template.preview.locator('p').selectText()
  expect(await selected()).toBe('chosen')
  await template.html.fill('<p>chosen</p><div>${code}</div>')
  await expect(template.preview.locator('div')).toHaveText('482913')
  expect(await selected()).toBe('chosen')
  await template.html.fill('<style>p{color:red}</style><p style="margin:0">chosen</p><div>${code}</div>')
  await expect(template.preview.locator('p')).toHaveCSS('color', 'rgb(255, 0, 0)')
  expect(errors).toEqual([])
})

test('the frame holds the tree of the rendered mail, and nothing besides', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  const source =
    '<html lang="en"><head><title>Mail</title><style>p{color:red}</style></head><body bgcolor="#eeeeee"><!-- note --><table role="presentation"><tr><td align="center">&amp; $<code></td></tr></table><p>שלום</p></body></html>'
  await template.html.fill(source)
  await expect(template.preview.locator('td')).toHaveText('& 482913')
  const [drawn, parsed] = await page.evaluate(
    (html) => [
      document.querySelector<HTMLIFrameElement>('iframe[title="Preview"]')?.contentDocument?.documentElement.outerHTML,
      new DOMParser().parseFromString(html, 'text/html').documentElement.outerHTML,
    ],
    `<!doctype html>${source.replace('$<code>', '482913')}`,
  )
  const withoutOwn = (html = '') =>
    html.replace(/<style[^>]*>:root\{color-scheme:light\}<\/style>/, '').replaceAll(' nonce=""', '')
  expect(withoutOwn(drawn)).toBe(parsed)
})

async function type(page: Page, template: TemplatePage): Promise<void> {
  await template.html.click()
  await page.keyboard.type('more and more and more', { delay: 10 })
  await expect(page.getByText('Unsaved', { exact: true })).toBeVisible()
}

test('the browser’s back and forward within the document ask about unsaved work, and then lead where they always led', async ({
  page,
  signet,
}) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await expect(template.preview.locator('p')).toBeVisible()
  await page.evaluate(() => Object.assign(window, { stayed: true }))
  await page.getByRole('link', { name: 'Email', exact: true }).click()
  await expect(email.scenario('Login')).toBeVisible()
  await page.goBack()
  await expect(template.preview.locator('p')).toBeVisible()
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true)
  await type(page, template)
  // By the browser's own button, which leads nowhere for now.
  await expect(page.goForward({ timeout: 2000 })).rejects.toThrow()
  await expect(template.dialog).toContainText('Leave without saving?')
  await template.dialog.getByRole('button', { name: 'Cancel' }).click()
  await type(page, template)
  // By the browser's own button, which leads nowhere for now.
  await expect(page.goForward({ timeout: 2000 })).rejects.toThrow()
  await template.dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(email.scenario('Login')).toContainText('Your code')
})

test('the browser’s back out of the document asks as well, once', async ({ page, signet }) => {
  const organization = await signet.newOrganization()
  await storeTemplate(signet, organization)
  await signet.signIn(page, organization.owner)
  const email = new EmailPage(page)
  const template = new TemplatePage(page)
  await email.open()
  await template.open('login')
  const asked: string[] = []
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type())
    await (asked.length === 1 ? dialog.dismiss() : dialog.accept())
  })
  await expect(template.preview.locator('p')).toBeVisible()
  await type(page, template)
  await page.evaluate(() => history.back())
  await expect.poll(() => asked).toEqual(['beforeunload'])
  await expect(template.html).toBeVisible()
  await type(page, template)
  await page.evaluate(() => history.back())
  await expect(email.scenario('Login')).toContainText('Your code')
  expect(asked).toEqual(['beforeunload', 'beforeunload'])
})

test('a long template is followed while it is typed, up to the largest there may be', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  const row = '<tr><td style="padding:4px">A row of a long mail, ${code}</td></tr>\n'
  for (const size of [300_000, 1_000_000]) {
    await template.html.fill(`<table>\n${row.repeat(Math.floor(size / row.length))}</table>`)
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('<h1>Typed on top</h1>', { delay: 20 })
    await expect.poll(async () => (await template.source()).slice(0, 21)).toBe('<h1>Typed on top</h1>')
    await expect(template.preview.locator('h1')).toHaveText('Typed on top')
  }
})
