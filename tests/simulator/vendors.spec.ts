/** Several vendors of one channel: what is set of one strikes no other, and each reads what was sent through it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type Channel, channelOf } from '#simulator/channel.ts'
import { runCommand } from '#simulator/commands.ts'
import { FaultFile } from '#simulator/fault-file.ts'
import { Faults, flatFault } from '#simulator/faults.ts'
import { deliveryLine, Inbox } from '#simulator/inbox.ts'
import { Journal } from '#simulator/journal.ts'

const channel = (name: string): Omit<Channel, 'vendor'> => ({
  id: 'sms',
  faults: { reject: { perRecipient: true }, [name]: { perRecipient: false, lasting: 'until_cleared' } },
  commands: { who: { run: () => ({ name }) } },
  summarize: () => ({ title: name, messageId: '' }),
  content: async () => ({ name }),
  view: async () => ({ title: name, content: { form: 'sms', text: '' }, facts: [], raw: '' }),
})
const channels: Channel[] = [channel('first'), { ...channel('other'), vendor: 'other' }]
let folder: string

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signet-vendors-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('a fault strikes the vendor that it names, and without one the first of the channel', () => {
  const faults = new Faults(channels, new FaultFile(folder))
  faults.set({ channel: 'sms', vendor: 'other', kind: 'reject', times: 1 })
  expect(faults.take('sms', 'reject')).toBeUndefined()
  expect(faults.of('other').take('sms', 'reject')).toMatchObject({ vendor: 'other' })
  expect(faults.of('other').take('sms', 'reject')).toBeUndefined()
  faults.set({ channel: 'sms', kind: 'reject' })
  expect(faults.of('other').take('sms', 'reject')).toBeUndefined()
  expect(faults.take('sms', 'reject')).toBeDefined()
})

test('a fault of one vendor replaces none of another, and lasts over a restart as its own', () => {
  const faults = new Faults(channels, new FaultFile(folder))
  faults.set({ channel: 'sms', vendor: 'other', kind: 'other' })
  faults.set({ channel: 'sms', kind: 'first' })
  faults.set({ channel: 'sms', vendor: 'other', kind: 'reject' })
  faults.set({ channel: 'sms', kind: 'reject' })
  expect(faults.list()).toHaveLength(4)
  expect(new Faults(channels, new FaultFile(folder)).list().map(flatFault)).toEqual([
    { channel: 'sms', vendor: 'other', kind: 'other' },
    { channel: 'sms', kind: 'first' },
  ])
})

test('a kind, a command or a vendor that is another one’s is refused by its name', async () => {
  const faults = new Faults(channels, new FaultFile(folder))
  expect(() => faults.set({ channel: 'sms', kind: 'other' })).toThrow('"kind" must be one of: reject, first, who.')
  expect(() => faults.set({ channel: 'sms', vendor: 'nobody', kind: 'reject' })).toThrow(
    '"vendor" must be left out or one of: other.',
  )
  expect(await runCommand(channels, { channel: 'sms', vendor: 'other', kind: 'who' })).toEqual({ name: 'other' })
  expect(await runCommand(channels, { channel: 'sms', kind: 'who' })).toEqual({ name: 'first' })
})

test('a delivery is read by the vendor that it was sent through, after a restart too', async () => {
  const journal = new Journal(folder, 'inbox', deliveryLine)
  await journal.load()
  const inbox = new Inbox(journal, 10)
  const delivery = { channel: 'sms', to: '+15005550006', meta: {}, body: Buffer.from('{}') } as const
  inbox.add(delivery)
  inbox.add({ ...delivery, vendor: 'other' })
  await journal.close()
  const again = new Journal(folder, 'inbox', deliveryLine)
  const kept = await again.load()
  await again.close()
  expect(kept.map((one) => channelOf(channels, one)?.summarize(one).title)).toEqual(['first', 'other'])
})
