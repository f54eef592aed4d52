/** Messages for the list page to show, of several Apps, scenarios and endings, sent through the HTTP API. */
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'

const count = 200
const endings = ['ann', 'failed', 'bob', 'sent', 'carla', 'expired', 'dora', 'unknown']

async function send(url: string, key: string, number: number): Promise<void> {
  const isAlarm = number % 3 === 0
  const answer = await fetch(`${url}/api/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      channel: 'email',
      scenario: isAlarm ? 'device_alarm' : 'login',
      to: `${endings[number % endings.length]}+${number}@example.com`,
      variables: isAlarm
        ? { device_name: `Sensor ${number}`, device_key: `s-${number}`, alarm_content: 'Too warm', alarm_level: 'high' }
        : { code: String(100_000 + number) },
    }),
  })
  if (answer.status !== 202) throw new Error(`A message was answered with ${answer.status}: ${await answer.text()}`)
}

/** Sends them and waits until none is on its way any more. */
export async function messagesSent(url: string, apps: { liveKey: string; testKey: string }[], databaseUrl: string) {
  for (let number = 0; number < count; number++) {
    const app = apps[number % apps.length]
    if (app) await send(url, number % 2 === 0 ? app.liveKey : app.testKey, number)
  }
  const sql = postgres(databaseUrl, { max: 1 })
  for (let tries = 0; tries < 100; tries++) {
    const [row] =
      await sql`select count(*)::int as open from message where status in ('queued', 'sending') and not waiting`
    if (row?.open === 0) break
    await wait(100)
  }
  await sql.end()
}
