/** What traces are made of: which part belongs to which, and what is told of each. OpenTelemetry is behind `platform/tracing.ts`. */
import { eq } from 'drizzle-orm'
import { SendError } from '#channels/contract.ts'
import { message } from '#db/schema/index.ts'
import type { Trace, TraceAttributes, TracePart } from '#domain/base/trace.ts'
import { SubmitEvent, submitEvent } from '#domain/sending/accept/events.ts'
import { deliverer } from '#domain/sending/deliver/deliver.ts'
import { StartVerification, startVerification } from '#domain/verifications/starting.ts'
import { teller } from '#domain/webhooks/telling.ts'
import { PostFailure } from '#providers/posting.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { endpoint, endpointsOff, listener, tell } from '../support/webhook-stage.ts'

type Part = TracePart & { own: string; told: TraceAttributes; failed?: string; isOver: boolean }

/** Notes what begins: each is called by its name and a number. */
function recorder() {
  const parts: Part[] = []
  const place = (part?: Part): Trace => ({
    traceparent: part?.own,
    note: (attributes) => void Object.assign(part?.told ?? {}, attributes),
    fail(outcome) {
      if (part) part.failed = outcome
    },
    begin(of) {
      const parent = of.parent === undefined ? part?.own : of.parent
      const begun = { ...of, parent, own: `${of.name} ${parts.length}`, told: { ...of.attributes }, isOver: false }
      parts.push(begun)
      return place(begun)
    },
    end() {
      if (part) part.isOver = true
    },
  })
  return { parts, trace: place(), named: (name: string) => parts.filter((part) => part.name === name) }
}

/** A worker that tells of what it does. */
function tracedWorker(stage: Stage) {
  const { parts, trace, named } = recorder()
  const never = new AbortController().signal
  const ctx = { ...stage.system, trace }
  return { parts, named, ctx, worker: deliverer(ctx, { stopping: never, cutOff: never }) }
}

/** The context of a call that stands in a trace. */
const within = (ctx: Stage['system'], traceparent: string) => ({ ...ctx, trace: { ...recorder().trace, traceparent } })

const traceOf = async (stage: Stage, appId: string) =>
  (await stage.db.select().from(message).where(eq(message.appId, appId))).map(({ traceparent }) => traceparent)

test('every message keeps the trace of the call that it came with, and none where there is none', async ({ stage }) => {
  const { asApp, app } = await stage.ready()
  const alarm = { device_name: 'Pump 3', alarm_content: 'Too hot', alarm_level: 'high' }
  await stage.send(within(asApp, 'of the message'))
  await submitEvent(
    within(asApp, 'of the event'),
    SubmitEvent.parse({ type: 'device_alarm', variables: alarm, recipients: [{ email: 'ann@example.com' }] }),
  )
  await startVerification(
    within(asApp, 'of the code'),
    StartVerification.parse({ channel: 'email', scenario: 'login', to: 'bob@example.com' }),
  )
  await stage.send(asApp)
  expect((await traceOf(stage, app.id)).sort()).toEqual([null, 'of the code', 'of the event', 'of the message'])
})

test('attempts taken together are each part of their own call, and linked to the one that took them', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  const { worker, parts, named } = tracedWorker(stage)
  await stage.send(within(asApp, 'one'))
  await stage.send(within(asApp, 'two'))
  await stage.send(asApp)
  await stage.deliver(worker)
  expect(named('take')).toMatchObject([{ parent: null, attributes: { jobs: 3 } }])
  expect(new Set(named('attempt').map(({ parent }) => parent))).toEqual(new Set(['one', 'two', null]))
  for (const { links } of named('attempt')) expect(links).toEqual([named('take')[0]?.own])
  expect(named('attempt').map(({ told }) => told.outcome)).toEqual(['sent', 'sent', 'sent'])
  expect(new Set(named('send').map(({ parent }) => parent))).toEqual(new Set(named('attempt').map(({ own }) => own)))
  expect(parts.filter(({ isOver }) => !isOver)).toEqual([])
})

test('an attempt that is repeated goes on in the same trace, and what went wrong is told by its kind only', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  const { worker, named } = tracedWorker(stage)
  stage.provider.failNext(new SendError('later', '450', 'Busy'), new SendError('reject', '550', 'No such mailbox'))
  await stage.sendAlarm(within(asApp, 'one'))
  await stage.deliver(worker)
  stage.clock.forward({ minutes: 60 })
  await stage.deliver(worker)
  expect(named('send').map(({ failed }) => failed)).toEqual(['later', 'reject'])
  expect(named('attempt')).toMatchObject([
    { parent: 'one', told: { attempt: 1, outcome: 'retrying' } },
    { parent: 'one', told: { attempt: 2 }, failed: 'failed' },
  ])
})

test('a webhook is told within the trace of its message, and hands it on at each try', async ({ stage }) => {
  await endpointsOff(stage)
  const { owner, app, asApp } = await stage.ready()
  await endpoint(owner, app.id)
  const line = listener()
  const { ctx, named } = tracedWorker(stage)
  const telling = () => teller(ctx, line.post, { cutOff: new AbortController().signal })
  await stage.send(within(asApp, 'one'))
  await stage.deliver()
  line.answer = () => new PostFailure('timed_out')
  await tell(stage, line, telling())
  line.answer = () => ({ status: 204 })
  stage.clock.forward({ minutes: 10 })
  await tell(stage, line, telling())
  expect(line.heard.map(({ headers }) => headers.traceparent)).toEqual(named('webhook').map(({ own }) => own))
  expect(named('webhook')).toMatchObject([
    { parent: 'one', failed: 'timed_out', told: { event: 'message.sent' } },
    { parent: 'one', told: { event: 'message.sent', status: 204 } },
  ])
})
