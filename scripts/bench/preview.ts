/** P11: from a keystroke in the source of a large template until the preview shows it, in Chromium. */
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright'
import { isRoot } from '../database/account.ts'
import { ensureChromium } from '../steps/chromium.ts'
import type { Installation } from './installation.ts'
import type { Line, Measurement } from './measurement.ts'
import { median, percentile, short, told } from './statistics.ts'

const weight = 100_000
const keystrokes = 40
/** Between two keystrokes, in milliseconds: a quick writer. */
const pace = 250
const path = '/personal-center/third-party-configuration/email/templates/login'

/** A template as mails are written: rows of a table with inlined styles. */
function largeTemplate(): string {
  const row = (n: number) =>
    `<tr><td style="padding:8px 16px;font-family:Arial,sans-serif;font-size:14px;line-height:20px;color:#18181b"><a href="https://example.com/${n}" style="color:#c8402a">Item ${n}</a> of \${app_name}</td><td align="right" style="padding:8px 16px">${n}.00</td></tr>\n`
  const rows: string[] = []
  for (let n = 0, length = 0; length < weight; n++) length += rows[rows.push(row(n)) - 1]?.length ?? 0
  return `<p>\${code}</p>\n<p></p>\n<table width="600">\n${rows.join('')}</table>\n`
}

async function openEditor(browser: Browser, url: string, cookie: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url }
    }),
  )
  const page = await context.newPage()
  await page.goto(url + path)
  const source = page.getByRole('textbox', { name: 'HTML source' })
  await source.fill(largeTemplate())
  await wait(2000)
  // Into the empty paragraph near the top, where the preview is in view.
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowDown')
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  return page
}

/** Starts to measure: from the key's own time until the animation frame is over in which the preview was changed. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = []
    let pressedAt: number | undefined
    // Of several keys that are drawn together the first counts.
    document.addEventListener('keydown', (event) => (pressedAt ??= event.timeStamp), { capture: true })
    const painted = new MessageChannel()
    let since = 0
    painted.port1.onmessage = () => times.push(performance.now() - since)
    const shown = document.querySelector<HTMLIFrameElement>('iframe[title="Preview"]')?.contentDocument
    if (!shown) throw new Error('There is no preview.')
    new MutationObserver(() => {
      if (pressedAt === undefined) return
      since = pressedAt
      pressedAt = undefined
      // The change is made in an animation frame, after which this is heard.
      painted.port2.postMessage(undefined)
    }).observe(shown, { subtree: true, childList: true, characterData: true, attributes: true })
    Object.assign(globalThis, { previewTimes: times })
  })
}

async function round(browser: Browser, url: string, cookie: string): Promise<number[]> {
  const page = await openEditor(browser, url, cookie)
  await watch(page)
  for (let n = 0; n < keystrokes; n++) {
    await page.keyboard.press(String.fromCharCode(97 + (n % 26)))
    await wait(pace)
  }
  await wait(500)
  const times = await page.evaluate(() => (globalThis as unknown as { previewTimes: number[] }).previewTimes)
  await page.context().close()
  if (times.length < keystrokes / 2) throw new Error(`Only ${times.length} of ${keystrokes} keystrokes were drawn.`)
  return times
}

async function measure(installed: Installation, rounds: number): Promise<Line[]> {
  const running = await installed.start()
  const browser = await chromium.launch({
    executablePath: await ensureChromium(new AbortController().signal),
    args: isRoot ? ['--no-sandbox'] : [],
  })
  try {
    const cookie = await installed.signIn(running.url)
    const times: number[][] = []
    for (let n = 0; n < rounds; n++) {
      times.push(await round(browser, running.url, cookie))
      process.stdout.write('.')
    }
    const slow = times.map((all) => percentile(all, 0.95))
    const middle = times.map(median)
    return [
      {
        goal: 'P11',
        what: 'Keystroke until the preview shows it, a template of 100 KB, 95th percentile',
        wanted: '≤ 25 ms, median ≤ 16 ms',
        stretch: '≤ 16 ms',
        reached: told(slow, ' ms'),
        isMet: median(slow) <= 25 && median(middle) <= 16,
        detail: `median ${told(middle)} ms, slowest ${short(Math.max(...times.flat()))} ms; ${keystrokes} keystrokes a round`,
      },
    ]
  } finally {
    await browser.close()
    await running.stop()
  }
}

export const preview: Measurement = {
  goals: ['P11'],
  how: `The editor's page of the running installation in headless Chromium, 1280 × 800, with a template of 100 KB (a table of some 400 rows with inlined styles). A letter is typed near the top every ${pace} ms, ${keystrokes} a round, with everything on: colours, findings, draft, inbox line. Timed in the page from the key event's own time until the animation frame in which the preview's tree was changed has run.`,
  run: async ({ installation }, rounds) => measure(await installation(), rounds),
}
