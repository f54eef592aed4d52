/** The parts of a process: the key file that may change while it runs. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyring } from '#domain/base/secrets.ts'
import { expect, partsOn, test } from '../support/api-stage.ts'
import { masterKey } from '../support/make.ts'

test('what another process sealed with a key that has just come into the key file opens at once', async ({ stage }) => {
  const folder = await mkdtemp(join(tmpdir(), 'signet-keys-'))
  const file = join(folder, 'keys')
  await writeFile(file, `${masterKey(1)}\n`)
  const parts = await partsOn(stage, { SIGNET_MASTER_KEY: '', SIGNET_KEY_FILE: file })
  const { secrets } = parts.contextFor({ kind: 'system', name: 'spec' })
  const before = secrets.seal('first', 'place')
  await writeFile(file, `${masterKey(2)}\n${masterKey(1)}\n`)
  const elsewhere = keyring(() => [masterKey(2)]).seal('second', 'place')
  expect(secrets.open(elsewhere, 'place')).toBe('second')
  expect(secrets.open(before, 'place')).toBe('first')
  expect(secrets.isOutdated(before)).toBe(true)
  await parts.close()
  await rm(folder, { recursive: true })
})
