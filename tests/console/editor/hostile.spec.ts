/** Templates that mean harm: nothing of them reaches the console's page, and none makes a request. */
import { expect, test } from '../../support/console.ts'
import { away, harm, hostile, startElsewhere } from '../hostile-mails.ts'
import { TemplatePage } from '../templates.page.ts'

/** What the next drawing sets on an element that is there already, and in view. */
const later: Record<string, [string, string]> = {
  handler: ['<p id="x">shown</p>', `<p id="x" onclick="${harm}" onpointerover="${harm}">shown</p>`],
  image: ['<p>shown</p><img alt="">', `<p>shown</p><img alt="" src="${away}/i" onerror="${harm}">`],
  frame: ['<p>shown</p><iframe></iframe>', `<p>shown</p><iframe src="${away}/i" onload="${harm}"></iframe>`],
  srcdoc: ['<p>shown</p><iframe></iframe>', `<p>shown</p><iframe srcdoc="<script>${harm}</script>"></iframe>`],
  object: ['<p>shown</p><object></object>', `<p>shown</p><object data="${away}/o"></object>`],
  embed: ['<p>shown</p><embed>', `<p>shown</p><embed src="${away}/e">`],
  base: ['<base><p>shown</p>', `<base href="${away}/" target="_top"><p>shown</p><img src="b">`],
  link: ['<link><p>shown</p>', `<link rel="stylesheet" href="${away}/l"><p>shown</p>`],
  meta: ['<meta><p>shown</p>', `<meta http-equiv="refresh" content="0;url=${away}/m"><p>shown</p>`],
  style: [
    '<style>p{}</style><p>shown</p>',
    `<style>@import url(${away}/s);p{background:url(${away}/t)}</style><p>shown</p>`,
  ],
  script: ['<script></script><p>shown</p>', `<script>${harm}</script><p>shown</p>`],
  svg: [
    '<p>shown</p><svg><use/></svg>',
    `<p>shown</p><svg><use href="${away}/u#a"/><animate onbegin="${harm}"/></svg>`,
  ],
}

test('no hostile template touches the console or loads anything', async ({ page, signet }) => {
  await signet.enterNew(page)
  const elsewhere = await startElsewhere()
  const there = (html: string) => html.replaceAll(away, elsewhere.url)
  const template = new TemplatePage(page)
  await template.open('login')
  const title = await page.title()
  const stolen: string[] = []
  await page.route('**/stolen', (route) => {
    stolen.push(route.request().url())
    return route.abort()
  })
  const document = await page.evaluateHandle(() => window.document)
  const expectHarmless = async () => {
    expect(await page.title()).toBe(title)
    expect(await page.evaluate((before) => 'taken' in window || before !== window.document, document)).toBe(false)
    await expect(page.locator('#out')).toHaveCount(0)
    await expect(template.html).toBeVisible()
    expect([...elsewhere.visits, ...stolen]).toEqual([])
  }
  const draw = async (name: string, html: string) => {
    await template.html.fill(there(`${html}<s id="${name}"></s>`))
    await expect(template.preview.locator(`#${name}`)).toBeAttached()
  }
  for (const [name, html] of Object.entries(hostile)) {
    await test.step(name, async () => {
      // What leaves its text open, or has no body, swallows what stands after it.
      await template.html.fill(there(html))
      await expect(template.preview.locator('p').first()).toContainText('shown')
      await expectHarmless()
    })
  }
  for (const [name, [before, after]] of Object.entries(later)) {
    await test.step(`${name}, set later`, async () => {
      await draw(`${name}-before`, before)
      await draw(`${name}-after`, after)
      await template.preview.locator('p').hover()
      await template.preview.locator('p').click()
      await expectHarmless()
    })
  }
  await template.html.fill(there(`<p>shown</p><a href="javascript:${harm}">script</a> <a href="${away}/l">away</a>`))
  for (const name of ['script', 'away']) {
    const link = template.preview.getByText(name, { exact: true })
    await link.click()
    await link.click({ button: 'middle' })
    await link.click({ modifiers: ['ControlOrMeta'] })
    await link.press('Enter')
  }
  await template.html.fill(there(`<p>shown</p><form action="${away}/f"><button>Go</button></form>`))
  await template.preview.getByRole('button', { name: 'Go' }).click()
  await expect(template.preview.locator('p')).toHaveText('shown')
  expect(page.context().pages()).toHaveLength(1)
  expect(page.url()).toContain('/templates/login')
  await expectHarmless()
  elsewhere.close()
})

test('sandbox and policy of the preview hold by themselves, whatever got into its tree', async ({ page, signet }) => {
  await signet.enterNew(page)
  const loaded: string[] = []
  await page.route(/images\.example|stolen/, (route) => {
    loaded.push(route.request().url())
    return route.abort()
  })
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill('<p>${code}</p>')
  await expect(template.preview.locator('p')).toHaveText('482913')
  const frame = page.locator('iframe[title="Preview"]')
  await expect(frame).toHaveAttribute('sandbox', 'allow-same-origin')
  await frame.evaluate((element: HTMLIFrameElement, harm) => {
    const inside = element.contentDocument
    if (!inside) throw new Error('There is no document.')
    const nonce = [...document.scripts].find((script) => script.nonce)?.nonce ?? ''
    const add = (name: string, attributes: Record<string, string>, text = '') => {
      const made = inside.createElement(name)
      made.nonce = nonce
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
      made.textContent = text
      inside.body.append(made)
    }
    add('script', {}, harm)
    add('script', { src: '/stolen' })
    add('img', { src: 'https://images.example/a.png', onerror: harm })
    add('img', { src: '/stolen', onerror: harm })
    add('link', { rel: 'stylesheet', href: '/stolen' })
    add('style', {}, '@import "/stolen"; body { background: url(https://images.example/b.png) }')
    add('iframe', { src: '/stolen' })
    add('iframe', { srcdoc: `<script nonce="${nonce}">${harm}</script>` })
    add('video', { src: '/stolen' })
    add('meta', { 'http-equiv': 'refresh', content: '0;url=/stolen' })
    add('a', { href: '/stolen', target: '_top', id: 'top' }, 'top')
    add('a', { href: '/stolen', id: 'self' }, 'self')
    add('form', { action: '/stolen', target: '_top', id: 'form' })
    inside.body.insertAdjacentHTML(
      'beforeend',
      `<svg onload="${harm}"></svg><details open ontoggle="${harm}"></details>`,
    )
  }, harm)
  for (const id of ['top', 'self']) await template.preview.locator(`#${id}`).click()
  await frame.evaluate((element: HTMLIFrameElement) => {
    element.contentDocument?.querySelector<HTMLAnchorElement>('#top')?.click()
    element.contentDocument?.querySelector<HTMLFormElement>('#form')?.requestSubmit()
  })
  await expect(template.html).toBeVisible()
  await page.waitForTimeout(500)
  expect(await page.evaluate(() => 'taken' in window)).toBe(false)
  expect(loaded).toEqual([])
  expect(page.url()).toContain('/templates/login')
})

test('a frame that was led away all the same is made anew', async ({ page, signet }) => {
  await signet.enterNew(page)
  const template = new TemplatePage(page)
  await template.open('login')
  await template.html.fill('<p>${code}</p>')
  await expect(template.preview.locator('p')).toHaveText('482913')
  await page.locator('iframe[title="Preview"]').evaluate((frame: HTMLIFrameElement) => {
    frame.contentWindow?.location.assign('about:blank')
  })
  await expect(template.preview.locator('p')).toHaveText('482913')
  await template.html.fill('<p>again ${code}</p>')
  await expect(template.preview.locator('p')).toHaveText('again 482913')
})

test('remote images are loaded only after a click, for this view of the page', async ({ page, signet }) => {
  await signet.enterNew(page)
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
