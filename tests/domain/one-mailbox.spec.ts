/** One mailbox however its address is written: limits count it once, the log finds it, and mail goes to it as it was given. */
import fc from 'fast-check'
import type { Channel } from '#channels/contract.ts'
import { email, emailWithoutAliases, mailboxOf } from '#channels/email/email.ts'
import { simulated } from '#domain/sending/deliver/outcome.ts'
import { ListMessages, listMessages } from '#domain/sending/log/log.ts'
import { catalogOf } from '#providers/catalog.ts'
import { expect, test } from '../support/make.ts'
import { start, started } from '../support/verifying.ts'

const tooMany = { code: 'rate_limited', data: { reason: 'recipient' } }

test('a recipient gets one code a minute however the address is written, and it goes to the address as given', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  await started(asApp, { to: 'Vic.Tim+shop@gmail.com' })
  for (const to of ['vic.tim+shop@gmail.com', 'VICTIM@gmail.com', 'v.i.c.t.i.m+2@googlemail.com']) {
    await expect(start(asApp, { to })).rejects.toMatchObject(tooMany)
  }
  await stage.deliver()
  expect(stage.provider.calls.map(({ to }) => to)).toEqual(['Vic.Tim+shop@gmail.com'])
})

test('of twenty spellings of one mailbox at once one gets a code', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const calls = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      start(asApp, { to: n % 2 ? `ann+${n}@example.com` : `${'aA'[n % 4 && 1]}nn@example.com` }),
    ),
  )
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a code that was sent to one spelling is not sent to another: whether both are one mailbox is not ours to say', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  const first = await started(asApp, { to: 'Ann+a@example.com' })
  stage.clock.forward({ seconds: 61 })
  const second = await started(asApp, { to: 'ann@example.com' })
  expect(second.id).not.toBe(first.id)
})

test('the rule for tags and dots can be switched off; letter case never tells two mailboxes apart', async ({
  stage,
}) => {
  const { providers } = stage.lent.catalog
  stage.lent.catalog = catalogOf([emailWithoutAliases as unknown as Channel], providers)
  const { asApp } = await stage.ready()
  await started(asApp, { to: 'Ann@example.com' })
  await expect(start(asApp, { to: 'aNN@example.com' })).rejects.toMatchObject(tooMany)
  await started(asApp, { to: 'ann+a@example.com' })
})

test('what counts as one mailbox', () => {
  const one = (address: string) => mailboxOf(address, true)
  expect(one('Ann+News+x@example.com')).toBe('ann@example.com')
  expect(one('a.n.n@example.com')).toBe('a.n.n@example.com')
  expect(one('A.n.n+x@googlemail.com')).toBe('ann@gmail.com')
  expect(one('+tag@example.com')).toBe('+tag@example.com')
  expect(mailboxOf('A.n.n+x@gmail.com', false)).toBe('a.n.n+x@gmail.com')
})

test('a mailbox is one for every spelling, and is its own', () => {
  const local = fc.stringMatching(/^[a-z0-9]{1,12}$/)
  const domain = fc.constantFrom('example.com', 'gmail.com', 'googlemail.com')
  fc.assert(
    fc.property(local, domain, fc.string({ unit: fc.constantFrom('x', '.', '+'), maxLength: 5 }), (name, at, tag) => {
      const plain = mailboxOf(`${name}@${at}`, true)
      const written = `${name.toUpperCase()}+${tag}@${at}`
      return mailboxOf(written, true) === plain && mailboxOf(plain, true) === plain
    }),
  )
})

test('every spelling of a mailbox is looked for where it begins', () => {
  const letters = fc.array(fc.tuple(fc.constantFrom('a', 'b', '1'), fc.boolean()), { minLength: 1, maxLength: 10 })
  const tag = fc.constantFrom('', '+', '+a.b+c')
  fc.assert(
    fc.property(letters, tag, fc.constantFrom('example.com', 'gmail.com', 'googlemail.com'), (name, after, at) => {
      const plain = name.map(([letter]) => letter).join('')
      const hasDots = at !== 'example.com'
      const dotted = name
        .map(([letter, isDot], place) => (hasDots && isDot && place > 0 ? `.${letter}` : letter))
        .join('')
      const written = `${dotted}${after}@${at}`
      const begun = email.beginningsOf?.(`${plain.toUpperCase()}@${at}`) ?? []
      return begun.some((beginning) => written.startsWith(beginning))
    }),
  )
})

test('the log finds an address whatever its letter case, and shows no other', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.send(asApp, { to: 'Victim@example.com' })
  await stage.send(asApp, { to: 'victim+1@example.com' })
  for (const recipient of ['victim@example.com', ' VICTIM@EXAMPLE.COM ', 'Victim@example.com']) {
    const { rows } = await listMessages(owner, ListMessages.parse({ recipient }))
    expect(rows.map((row) => row.id)).toEqual([id])
  }
  expect((await listMessages(asApp, { recipient: 'vICTIM@example.com' })).rows).toHaveLength(1)
})

test('a test recipient names its ending in any letter case', () => {
  expect(simulated('Failed+1@example.com')).toMatchObject({ status: 'failed' })
})
