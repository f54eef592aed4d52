/** Finds a Chromium that runs, or has one installed: by Playwright, else by the system's package manager. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isRoot } from '../database/account.ts'
import { inRoot } from './places.ts'
import { step } from './progress.ts'
import { Refusal } from './refusal.ts'
import { lastLines, type Outcome, run } from './run.ts'

/** The shell first: it draws pages and nothing around them, which takes half the time. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether it starts at all: a stub, or one whose libraries are missing, does not. */
async function works(file: string): Promise<boolean> {
  if (!isRunnable(file)) return false
  if (process.platform === 'win32') return true
  const parameters = ['--version', ...(isRoot ? ['--no-sandbox'] : [])]
  return (await run(file, parameters, { timeout: 20_000 })).code === 0
}

async function playwrightOwn(): Promise<string> {
  const { chromium } = await import('playwright')
  return chromium.executablePath()
}

async function find(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  const given = process.env.SIGNET_CHROMIUM
  if (given && !existsSync(given))
    throw new Refusal(`The setting SIGNET_CHROMIUM names ${given}, which does not exist.`)
  for (const file of [...(given ? [given] : []), ...onPath, ...applications, await playwrightOwn()]) {
    if (await works(file)) return file
  }
  return undefined
}

function installWithPlaywright(signal: AbortSignal): Promise<Outcome> {
  const cli = inRoot('node_modules', 'playwright', 'cli.js')
  const env: NodeJS.ProcessEnv = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env }
  return run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { env, signal, timeout: 120_000 })
}

async function installWithSystem(signal: AbortSignal): Promise<Outcome> {
  const env: NodeJS.ProcessEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = async (...parameters: string[]): Promise<Outcome> => {
    const [command = '', ...rest] = [...(isRoot ? [] : ['sudo', '-n']), 'apt-get', ...parameters]
    return run(command, rest, { env, signal, timeout: 600_000 })
  }
  const update = await apt('update')
  const add = (name: string) => apt('install', '-y', '--no-install-recommends', name, 'fonts-noto-cjk')
  const shell = await add('chromium-headless-shell')
  // Not every distribution has it as a package of its own.
  const install = shell.code === 0 ? shell : await add('chromium')
  return { code: install.code, output: update.code === 0 ? install.output : `${update.output}\n${install.output}` }
}

/**
 * The path of a Chromium that runs.
 * @throws Refusal when none can be found or installed
 */
export async function ensureChromium(signal: AbortSignal): Promise<string> {
  const found = await find()
  if (found) return found
  const byPlaywright = await step('Installing a Chromium with Playwright', () => installWithPlaywright(signal))
  const own = await playwrightOwn()
  if (await works(own)) return own
  if (signal.aborted) throw new Refusal('The installation of a Chromium was stopped.')
  const bySystem = await step('Installing a Chromium with the system packages', () => installWithSystem(signal))
  const installed = await find()
  if (installed) return installed
  throw new Refusal(
    [
      'The console specs need a Chromium, and none could be installed: install Chromium or Google Chrome, or name one in SIGNET_CHROMIUM.',
      `Playwright said: ${lastLines(byPlaywright.output, 4)}`,
      `apt-get said: ${lastLines(bySystem.output, 4)}`,
    ].join('\n'),
  )
}
