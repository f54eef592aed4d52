/** Photographs every page of a sandbox of its own, in both languages and themes, at 1280 and 360 px, into `.screens/`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { isRoot } from './database/account.ts'
import { freePort } from './embedded-database.ts'
import { pages, type Sandbox, type Shot } from './screens/pages.ts'
import { ensureChromium } from './steps/chromium.ts'
import { inRoot } from './steps/places.ts'
import { say, step } from './steps/progress.ts'
import { explain, Refusal } from './steps/refusal.ts'
import { lastLines } from './steps/run.ts'

const folder = inRoot('.screens')
const languages = ['en', 'zh-CN'] as const
const themes = ['light', 'dark'] as const
const widths = [1280, 360] as const

async function startSandbox(halt: AbortSignal): Promise<{ child: ChildProcess; sandbox: Sandbox }> {
  const data = join(folder, 'data')
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const [port, simulator, plain, startTls, tls] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  const child = spawn(process.execPath, [inRoot('scripts', 'start.ts')], {
    env: {
      ...process.env,
      SIGNET_DATA: data,
      PORT: String(port),
      SIGNET_URL: `http://localhost:${port}`,
      SIGNET_SIMULATOR_PORT: String(simulator),
      SIGNET_SMTP_PORTS: [plain, startTls, tls].join(','),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const ready = new Promise<void>((done, fail) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (/Sign in\s/.test(output)) done()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', () => fail(new Refusal(`The sandbox did not start:\n${lastLines(output)}`)))
    halt.addEventListener('abort', () => child.kill('SIGTERM'))
  })
  await ready
  return { child, sandbox: JSON.parse(readFileSync(join(data, 'sandbox.json'), 'utf8')) as Sandbox }
}

async function signIn(context: BrowserContext, sandbox: Sandbox): Promise<void> {
  const answer = await context.request.post(`${sandbox.url}/api/auth/sign-in/email`, {
    data: { email: sandbox.email, password: sandbox.password },
    headers: { origin: sandbox.url },
  })
  if (!answer.ok()) throw new Refusal(`Signing in answered ${answer.status()}.`)
}

async function photograph(page: Page, sandbox: Sandbox, shot: Shot, file: string): Promise<void> {
  await page.goto(`${sandbox.url}${shot.path}`, { waitUntil: 'networkidle' })
  await shot.prepare?.(page)
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' })
}

async function photographAll(browser: Browser, sandbox: Sandbox, wanted: string[]): Promise<number> {
  const shots = (await pages(sandbox)).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  let taken = 0
  for (const language of languages) {
    for (const theme of themes) {
      for (const width of widths) {
        const context = await browser.newContext({
          viewport: { width, height: width === 360 ? 740 : 800 },
          colorScheme: theme,
          locale: language,
          timezoneId: 'Asia/Shanghai',
        })
        const guests = await browser.newContext({
          viewport: { width, height: 740 },
          colorScheme: theme,
          locale: language,
        })
        await signIn(context, sandbox)
        const [inside, outside] = [await context.newPage(), await guests.newPage()]
        for (const shot of shots) {
          await photograph(
            shot.isPublic ? outside : inside,
            sandbox,
            shot,
            join(folder, `${shot.name}-${language}-${theme}-${width}.png`),
          )
          taken += 1
        }
        await Promise.all([context.close(), guests.close()])
      }
    }
  }
  return taken
}

async function main(): Promise<void> {
  const halt = new AbortController()
  process.on('SIGINT', () => halt.abort())
  const executablePath = await ensureChromium(halt.signal)
  const { child, sandbox } = await step('Starting a sandbox', () => startSandbox(halt.signal))
  const browser = await chromium.launch({
    executablePath,
    args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const taken = await step('Photographing', () => photographAll(browser, sandbox, process.argv.slice(2)))
    say(`${taken} pictures are in ${folder}.`)
  } finally {
    await browser.close()
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
    rmSync(join(folder, 'data'), { recursive: true, force: true })
  }
}

try {
  await main()
  process.exit(0)
} catch (error) {
  explain(error)
  process.exit(1)
}
