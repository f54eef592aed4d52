/** What holds for every page, however it is looked at. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { expect, type Person, type Signet } from './console.ts'

/** No serious finding of axe, and nothing to scroll sideways. */
export async function expectSoundPage(page: Page): Promise<void> {
  // What stands in a frame is somebody's mail, and no script may run there.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(isWide).toBe(false)
}

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const

/** Looks at pages as somebody, in light and dark, on a desk and on a phone. `look` opens them and checks what it shows. */
export async function inEveryLook(
  browser: Browser,
  signet: Signet,
  person: Person,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  for (const options of looks) {
    const context = await browser.newContext({ ...options, baseURL: signet.url })
    const page = await context.newPage()
    await signet.signIn(page, person)
    await look(page)
    await context.close()
  }
}
