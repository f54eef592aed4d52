/** What holds for every page, however it is looked at. */
import type { Browser, Page } from '@playwright/test'
import axe from 'axe-core'
import { expect, type Person, type Signet } from './console.ts'

/** What is seriously wrong with a page, all rules or only some of them. What stands in a frame is somebody's mail, and no script may run there. */
async function seriousIn(page: Page, rules?: string[]): Promise<string[]> {
  // Reading it takes as long as a page takes to load: once is enough.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (runOnly) => {
    // What is right is not described one by one: that takes as long as the looking.
    const options = { resultTypes: ['violations' as const], iframes: false, ...(runOnly ? { runOnly } : {}) }
    const { violations } = await (window as typeof window & { axe: typeof axe }).axe.run(
      { exclude: ['iframe'] },
      options,
    )
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, rules)
}

/** No serious finding of axe, in the dark neither, and nothing to scroll sideways. */
export async function expectSoundPage(page: Page): Promise<void> {
  expect(await seriousIn(page)).toEqual([])
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(isWide).toBe(false)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  // Nothing but colours differs there.
  expect(await seriousIn(page, ['color-contrast'])).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

const viewports = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
]

/** Looks at pages as somebody, on a desk and on a phone. `look` opens them and checks what it shows. */
export async function inEveryLook(
  browser: Browser,
  signet: Signet,
  person: Person,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  for (const viewport of viewports) {
    const context = await browser.newContext({ viewport, baseURL: signet.url })
    const page = await context.newPage()
    await signet.signIn(page, person)
    await look(page)
    await context.close()
  }
}

/**
 * Waits until a page has come to life and has loaded all it asked for. Playwright's own `networkidle` misses the end of a request now and
 * then on a busy machine, and waits for ever.
 */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const isAlive = Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react'))
    const loaded = () => performance.getEntriesByType('resource').length
    const before = loaded()
    await new Promise((done) => setTimeout(done, 500))
    return isAlive && document.readyState === 'complete' && loaded() === before
  })
}
