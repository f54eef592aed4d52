/** The cause that a provider found behind its code is kept with the message, each attempt and the account, and is shown. */

import { SendError } from '#channels/contract.ts'
import type { VendorOutcome } from '#channels/vendor-codes.ts'
import { listAccounts } from '#domain/accounts/accounts.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { overview } from '#domain/overview/overview.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { ListMessages, listMessages } from '#domain/sending/log/log.ts'
import { getMessage } from '#domain/sending/log/message.ts'
import { endOf, expect, test } from '../support/make.ts'

/** 553 alone says nothing: it is of the sender, of the login or of the recipient. */
const refused = (kind: 'misconfigured' | 'reject', reason: VendorOutcome) =>
  new SendError(kind, '553', '5.7.1 refused', undefined, 'account', reason)

test('a refusal that is about the account shows its cause with the message, the attempt and the account', async ({
  stage,
}) => {
  const { owner, org, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.failNext(refused('misconfigured', 'login_required'))
  await stage.deliver()
  const shown = await getMessage(owner, id)
  expect(shown).toMatchObject({ waiting: true, errorCode: '553', errorCause: 'login_required' })
  expect(shown.events.at(-1)).toMatchObject({ status: 'waiting', code: '553', cause: 'login_required' })
  const { rows } = await listMessages(owner, ListMessages.parse({}))
  expect(rows).toMatchObject([{ id, errorCode: '553', errorCause: 'login_required' }])
  const failing = { code: '553', cause: 'login_required' }
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'failing', failing }])
  const ofMail = async (role: 'owner' | 'author') =>
    (await overview(org.as(role))).channels.find(({ channel }) => channel === 'email')?.failing
  expect(await ofMail('owner')).toMatchObject([failing])
  expect(await ofMail('author')).toMatchObject([{ code: null, cause: null }])
})

test('the same code with another cause ends one message, and what comes after it does not keep the cause', async ({
  stage,
}) => {
  const { owner, accountId, asApp } = await stage.ready()
  const [bad, waiting] = [await stage.sendAlarm(asApp), await stage.sendAlarm(asApp, { to: 'late@example.com' })]
  stage.provider.onSend = ({ to }) => {
    throw to.startsWith('late') ? refused('misconfigured', 'sender_refused') : refused('reject', 'recipient_refused')
  }
  await stage.deliver()
  expect(await getMessage(owner, bad.id)).toMatchObject({ status: 'failed', errorCause: 'recipient_refused' })
  expect(await getMessage(owner, waiting.id)).toMatchObject({ waiting: true, errorCause: 'sender_refused' })
  stage.provider.onSend = () => undefined
  await endOf(validateAccount(owner, { id: accountId }))
  await releaseWaiting(stage.system)
  await stage.deliver()
  expect(await getMessage(owner, waiting.id)).toMatchObject({ status: 'sent', errorCode: null, errorCause: null })
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'validated', failing: null }])
})
