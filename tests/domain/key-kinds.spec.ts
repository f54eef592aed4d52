/** Live and test keys of one App: what came with an Idempotency-Key by the one says nothing to the other. */
import { sql } from 'drizzle-orm'
import { SubmitEvent, submitEvent } from '#domain/sending/accept/events.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { check, start } from '../support/verifying.ts'

const options = { idempotencyKey: 'order-17' }

/** One App with a key of each kind. */
async function bothKinds(stage: Stage) {
  const { owner, app, asApp } = await stage.ready()
  const { asApp: asTest } = await stage.key(owner, app.id, { kind: 'test' })
  return { live: asApp, testing: asTest }
}

test('a live call is not answered with the message of a test call under the same Idempotency-Key', async ({
  stage,
}) => {
  const { live, testing } = await bothKinds(stage)
  const tried = await stage.send(testing, {}, options)
  const sent = await stage.send(live, {}, options)
  expect([tried.repeated, sent.repeated, sent.id === tried.id]).toEqual([false, false, false])
  await stage.deliver()
  expect(stage.provider.accepted).toEqual([sent.id])
  expect(await stage.send(testing, {}, options)).toMatchObject({ id: tried.id, repeated: true })
  expect(await stage.send(live, {}, options)).toMatchObject({ id: sent.id, repeated: true })
})

test('another body under the key of the other kind is no conflict, under the same kind it is', async ({ stage }) => {
  const { live, testing } = await bothKinds(stage)
  await stage.send(testing, {}, options)
  await stage.send(live, { to: 'ben@example.com' }, options)
  await expect(stage.send(live, {}, options)).rejects.toMatchObject({ code: 'idempotency_conflict' })
})

test('calls of both kinds at once make one message each, in one batch and over many', async ({ stage }) => {
  const { live, testing } = await bothKinds(stage)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => stage.send(n % 2 ? live : testing, {}, options)),
  )
  expect(new Set(answers.map(({ id }) => id)).size).toBe(2)
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(2)
})

test('a first answer that is all that is left is found for its own kind only', async ({ stage }) => {
  const { live, testing } = await bothKinds(stage)
  const tried = await stage.send(testing, {}, options)
  await stage.db.execute(sql`delete from template where organization_id = ${stage.organizationIds[0]}`)
  expect(await stage.send(testing, {}, options)).toMatchObject({ id: tried.id, repeated: true })
  await expect(stage.send(live, {}, options)).rejects.toMatchObject({ code: 'template_not_configured' })
})

test('an event of a live key is planned although a test key tried it under the same Idempotency-Key', async ({
  stage,
}) => {
  const { live, testing } = await bothKinds(stage)
  const event = SubmitEvent.parse({ type: 'device_alarm', recipients: [{ email: 'ann@example.com' }] })
  const tried = await submitEvent(testing, event, options)
  const sent = await submitEvent(live, event, options)
  expect([sent.repeated, sent.answer.id === tried.answer.id]).toEqual([false, false])
  await stage.deliver()
  expect(stage.provider.accepted).toEqual(sent.answer.messages.map(({ id }) => id))
  expect((await submitEvent(testing, event, options)).answer).toEqual(tried.answer)
  expect((await submitEvent(live, event, options)).answer).toEqual(sent.answer)
})

test('a verification of a live key is started although a test key tried it under the same Idempotency-Key', async ({
  stage,
}) => {
  const { live, testing } = await bothKinds(stage)
  const tried = await start(testing, {}, options)
  const sent = await start(live, {}, options)
  expect([sent.repeated, sent.answer.id === tried.answer.id]).toEqual([false, false])
  await stage.deliver()
  expect(stage.provider.accepted).toEqual([sent.answer.message_id])
  expect(await start(live, {}, options)).toEqual({ answer: sent.answer, repeated: true })
  expect(await check(testing, tried.answer.id, '123456')).toMatchObject({ status: 'approved' })
})
