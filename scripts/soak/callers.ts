/** Apps that send over all channels as careful backends do: the same call under the same key until it is accepted. */
import { setTimeout as wait } from 'node:timers/promises'
import { type ChannelId, channelIds } from '#channels/traits.ts'

export type Answer = { began: number; ms: number /** 0 where none came. */; status: number }
/** `to` is nobody else's, but on a channel where all go to one follower. */
export type Accepted = { id: string; channel: ChannelId; to: string }

export type Calling = {
  /** Where the API is; each call goes to any of them. */
  urls(): readonly string[]
  /** A live key of an App that has templates and push rules for everything. */
  key: string
  /** Of a follower of its official account. */
  openid: string
  /** All, unless given. */
  channels?: readonly ChannelId[]
  /** How many messages. */
  total?: number
  /** How many calls at once, and how long each rests at most between two, in milliseconds. */
  senders: number
  rest: number
  random?: () => number
}

const patience = 15_000

/** Codes and notices in turn; an official account is told of events. */
export function callOf(channel: ChannelId, n: number, openid: string): { path: string; to: string; body: object } {
  const device = { device_name: `Pump ${n}`, device_key: `dev-${n}`, alarm_content: 'Too warm', alarm_level: 'high' }
  if (channel === 'official_account') {
    const event = { type: 'device_alarm', occurred_at: new Date().toISOString(), variables: device }
    return { path: 'events', to: openid, body: { ...event, recipients: [{ openid }] } }
  }
  const to = channel === 'email' ? `p${n}@example.com` : `+86139${String(n).padStart(8, '0')}`
  const isCode = Math.floor(n / channelIds.length) % 2 === 0
  const said = isCode
    ? { scenario: 'login', variables: { code: '123456' } }
    : { scenario: 'device_alarm', variables: { ...device, occurred_at: '12:00' } }
  return { path: 'messages', to, body: { channel, to, ...said } }
}

/** The one message that a call made. */
export function idOf(said: { id: string; messages?: { id: string }[] }): string {
  if (!said.messages) return said.id
  const [only, ...more] = said.messages
  if (!only || more.length > 0) throw new Error(`An event made other messages than one: ${JSON.stringify(said)}`)
  return only.id
}

export type Calls = Pick<ReturnType<typeof startCalling>, 'accepted' | 'triedOn'>

/** Begins to call, and goes on until all is accepted or `stop` is called. */
export function startCalling({ urls, key, openid, total = Number.POSITIVE_INFINITY, ...how }: Calling) {
  const { channels = channelIds, senders, rest, random = Math.random } = how
  const channelOf = (n: number) => channels[n % channels.length] ?? channelIds[0]
  const answers: Answer[] = []
  const accepted: Accepted[] = []
  let isOver = false
  let next = 0

  const ask = async (path: string, body: string, idempotencyKey: string): Promise<string | undefined> => {
    const began = performance.now()
    const all = urls()
    const answer = await fetch(`${all[Math.floor(random() * all.length)]}/api/v1/${path}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey },
      signal: AbortSignal.timeout(patience),
    })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      // A process or a line that ended in the middle of it.
      .catch(() => ({ status: 0, text: '' }))
    answers.push({ began, ms: performance.now() - began, status: answer.status })
    if (answer.status >= 400 && answer.status < 500) throw new Error(`Refused: ${answer.status} ${answer.text}`)
    return answer.status === 202 ? idOf(JSON.parse(answer.text)) : undefined
  }
  const sendOne = async (n: number) => {
    const channel = channelOf(n)
    const { path, to, body } = callOf(channel, n, openid)
    const text = JSON.stringify(body)
    for (;;) {
      const id = await ask(path, text, `order-${n}`)
      if (id) return void accepted.push({ id, channel, to })
      await wait(100 + random() * 200)
    }
  }
  const sender = async () => {
    while (!isOver && next < total) {
      await sendOne(next++)
      await wait(random() * rest)
    }
  }
  const done = Promise.all(Array.from({ length: senders }, sender)).then(() => undefined)
  // Whoever waits for it is told; until then there may be nobody.
  done.catch(() => undefined)
  return {
    answers,
    accepted,
    /** How many messages were tried. */
    tried: () => next,
    triedOn: (channel: ChannelId) =>
      Array.from({ length: next }, (_, n) => channelOf(n)).filter((of) => of === channel).length,
    done,
    /** Begins no further message; resolves when those that were begun are accepted. */
    stop() {
      isOver = true
      return done
    },
  }
}
