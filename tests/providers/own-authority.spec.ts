/** A mail server with a certificate of a private authority is trusted by any process that is told of it, however it is told. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { login, type MailServer, makeCertificates, startMailServer } from '../support/smtp.ts'

const folder = mkdtempSync(join(tmpdir(), 'signet-authority-'))
const [authority, settings] = [join(folder, 'authority.pem'), join(folder, 'settings')]
let server: MailServer

test.beforeAll(async () => {
  const certificates = await makeCertificates()
  server = await startMailServer({ encryption: 'tls', certificate: certificates.right })
  writeFileSync(authority, certificates.authority)
  writeFileSync(settings, `NODE_EXTRA_CA_CERTS=${authority}\n`)
})
test.afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const program = (port: number) => `
  import { readEnv } from '#platform/env.ts'
  import { smtp } from '#providers/smtp/smtp.ts'
  import { trustOwnAuthorities } from '#platform/own-authorities.ts'
  trustOwnAuthorities(readEnv(process.env).ownAuthorities)
  const config = ${JSON.stringify({ host: 'localhost', port, encryption: 'tls', username: login.user, password: login.password, fromAddress: login.user, fromName: '', replyTo: '' })}
  const failed = []
  for await (const { ok, cause } of smtp({ allow: ['localhost'] }).check(config, {})) if (!ok) failed.push(cause)
  process.stdout.write(JSON.stringify(failed))`

async function run(flags: string[], environment: Record<string, string> = {}) {
  const { NODE_EXTRA_CA_CERTS: _, ...machine } = process.env
  const own = { DATABASE_URL: 'postgres://localhost/signet', SIGNET_KEY_FILE: 'none' }
  const parameters = [...flags, '--input-type=module', '--eval', program(server.port)]
  return promisify(execFile)(process.execPath, parameters, { env: { ...machine, ...own, ...environment } })
}

test('without being told the stage of TLS fails', async () => {
  expect((await run([])).stdout).toBe('["certificate_unknown_authority"]')
})

test('by the environment, and by a file of settings', async () => {
  expect((await run([], { NODE_EXTRA_CA_CERTS: authority })).stdout).toBe('[]')
  expect((await run([`--env-file=${settings}`])).stdout).toBe('[]')
})

test('a file that is not there, or holds no certificate, is named', async () => {
  const empty = join(folder, 'empty.pem')
  writeFileSync(empty, '')
  for (const wrong of [join(folder, 'missing.pem'), empty]) {
    const refusal = 'The setting NODE_EXTRA_CA_CERTS must name a file of certificates in PEM that can be read.'
    await expect(run([], { NODE_EXTRA_CA_CERTS: wrong })).rejects.toThrow(refusal)
  }
})
