/** Templates that mean harm: nothing of them reaches the console's page, and none makes a request. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator } from '@playwright/test'
import { expect, test } from '../../support/console.ts'
import { TemplatePage } from '../templates.page.ts'

/** Stands in the templates for a server of somebody else's, which counts who comes. */
const away = 'http://evil.example'
const harm = "parent.document.title='taken';top.taken=1;parent.taken=1"
const hostile: Record<string, string> = {
  script: `<p>shown</p><script>${harm}</script><script src="${away}/a.js"></script>`,
  handlers: `<p onclick="${harm}">shown</p><img src="x" onerror="${harm}"><svg onload="${harm}"></svg><body onload="${harm}">`,
  base: `<base href="${away}/"><p>shown</p><img src="a.png"><link rel="stylesheet" href="a.css">`,
  refresh: `<meta http-equiv="refresh" content="0;url=${away}/r"><p>shown</p>`,
  form: `<p>shown</p><form action="${away}/f" method="post"><input name="q" autofocus><button>Go</button></form>`,
  frame: `<p>shown</p><iframe src="${away}/i"></iframe><object data="${away}/o"></object><embed src="${away}/e">`,
  css: `<style>@import url(${away}/i.css);p{background:url(${away}/b.png)}@font-face{font-family:x;src:url(${away}/f)}p{font-family:x}</style><p>shown</p>`,
  closing: `<p>shown</p></iframe></div></body></html><script>${harm}</script><h1 id="out">out</h1>`,
  srcdoc: `<p>shown</p>" onload="${harm}" x="&quot; onload=&quot;${harm}`,
  prefetch: `<link rel="prefetch" href="${away}/p"><link rel="preconnect" href="${away}"><p>shown</p><video src="${away}/v" poster="${away}/w"></video>`,
  unclosed: '<table><tr><td><p>shown<div><b><i>',
  surrogates: '<p>shown</p>😀\ud83d and \udc00 <b title="\ud83d">x</b>',
  rtl: '<p>shown</p><p dir="rtl">שלום \u202e ${code} \u202c مرحبا</p>',
}

/** A server that remembers every connection and request. */
async function startElsewhere() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end()
  })
  server.on('connection', () => visits.push('connection'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, visits, close: () => server.close() }
}

test('no hostile template touches the console or loads anything', async ({ page, signet }) => {
  const { owner } = await signet.newOrganization()
  await signet.signIn(page, owner)
  const elsewhere = await startElsewhere()
  const there = (html: string) => html.replaceAll(away, elsewhere.url)
  const template = new TemplatePage(page)
  await template.open('login')
  const title = await page.title()
  for (const [name, html] of Object.entries(hostile)) {
    await test.step(name, async () => {
      await template.html.fill(there(html))
      await expect(template.preview.locator('p').first()).toContainText('shown')
      expect(await page.title()).toBe(title)
      expect(await page.evaluate(() => 'taken' in window)).toBe(false)
      await expect(page.locator('#out')).toHaveCount(0)
      await expect(template.html).toBeVisible()
      expect(elsewhere.visits).toEqual([])
    })
  }
  await template.html.fill(there(`<p>shown</p><a href="javascript:${harm}">script</a> <a href="${away}/l">away</a>`))
  // The preview draws in two frames by turns: a link that was found in one may be behind the other a moment later.
  const press = (target: Locator) => expect(() => target.click({ timeout: 2000 })).toPass()
  for (const name of ['script', 'away']) await press(template.preview.getByText(name, { exact: true }))
  await template.html.fill(there(`<p>shown</p><form action="${away}/f"><button>Go</button></form>`))
  await press(template.preview.getByRole('button', { name: 'Go' }))
  await expect(template.preview.locator('p')).toHaveText('shown')
  expect(page.context().pages()).toHaveLength(1)
  expect(page.url()).toContain('/templates/login')
  expect(elsewhere.visits).toEqual([])
  elsewhere.close()
})

test('remote images are loaded only after a click, for this view of the page', async ({ page, signet }) => {
  const { owner } = await signet.newOrganization()
  await signet.signIn(page, owner)
  const loaded: string[] = []
  await page.route('https://images.example/**', (route) => {
    loaded.push(route.request().url())
    return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' })
  })
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill('<p>${code}</p><img alt="" src="https://images.example/a.svg">')
  await expect(template.preview.locator('p')).toHaveText('482913')
  await expect(page.getByRole('button', { name: 'Show remote images' })).toBeVisible()
  expect(loaded).toEqual([])
  await page.getByRole('button', { name: 'Show remote images' }).click()
  await expect.poll(() => loaded).toContain('https://images.example/a.svg')
})

test('typing goes on in a source of one megabyte', async ({ page, signet }) => {
  const { owner } = await signet.newOrganization()
  await signet.signIn(page, owner)
  const template = new TemplatePage(page)
  await template.open('login')
  const row = '<tr><td style="padding:4px">A row of a long mail, ${code}</td></tr>\n'
  await template.html.fill(`<table>\n${row.repeat(Math.floor(1_000_000 / row.length))}</table>`)
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('<h1>Typed on top</h1>', { delay: 20 })
  await expect.poll(async () => (await template.source()).slice(0, 21)).toBe('<h1>Typed on top</h1>')
  await expect(template.preview.locator('h1')).toHaveText('Typed on top', { timeout: 30_000 })
})
