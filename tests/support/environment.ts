/** The environment of processes that a spec starts: this machine's, without the settings of the person who runs the tests. */

const isSetting = (name: string): boolean =>
  /^(SIGNET|SIMULATOR|TEST|OTEL|npm)_/.test(name) ||
  ['DATABASE_URL', 'PORT', 'HOST', 'LOG_LEVEL', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'].includes(name)

/** An environment with these settings and no others. */
export function environmentWith(settings: Record<string, string>): NodeJS.ProcessEnv {
  const machine = Object.entries(process.env).filter(([name]) => !isSetting(name))
  return { ...Object.fromEntries(machine), NODE_ENV: 'production', ...settings }
}

/** What the command that runs the specs has set; they cannot run without it. */
export function given(name: 'TEST_DATABASE_URL' | 'TEST_TEMPLATE_DATABASE' | 'SIGNET_CHROMIUM'): string {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is not set: run the specs with "npm test" (npm test -- tests/domain) or "npm run verify".`)
}
