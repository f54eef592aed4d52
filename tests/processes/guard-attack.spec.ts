/** An attack as attacks are, replayed: five thousand numbers of one prefix within an hour, among people who use the App. */
import { ask, enter, found, guarded, numberOf } from '../support/guarding.ts'
import { expect, test } from '../support/make.ts'
import { check, codeOf } from '../support/verifying.ts'

const attempts = 5000
const people = 300
const hourMs = 3_600_000

// Some six thousand calls.
test.setTimeout(900_000)

test('an attack on one prefix gets fewer than thirty codes from as many addresses as it likes, and nobody else is refused', async ({
  stage,
}) => {
  const ready = await guarded(stage, { guardMode: 'block' })
  const { asApp } = ready
  for (let n = 0; n < 30; n++) await enter(stage, asApp, numberOf(n, 0))
  stage.clock.forward({ days: 1 })

  let [sent, refused] = [0, 0]
  const attack = async (n: number) => {
    const outcome = await ask(asApp, numberOf(9999, n), { client_ip: `2001:db8:0:${n.toString(16)}::1` }).catch(
      (e) => e,
    )
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'codes_blocked' })
    outcome instanceof Error ? refused++ : sent++
  }
  const opened = new Map<number, string>()
  const come = async (n: number) => {
    const { answer } = await ask(asApp, numberOf(n % 200, 100 + n), { client_ip: `203.0.113.${n % 60}` })
    opened.set(n, answer.id)
  }
  const enterTheirs = async (n: number) => {
    const id = opened.get(n) ?? ''
    expect(await check(asApp, id, await codeOf(stage, id))).toMatchObject({ status: 'approved' })
  }
  const events = [
    ...Array.from({ length: attempts }, (_, n) => ({
      at: (n * hourMs) / attempts,
      isAttempt: true,
      happen: () => attack(n),
    })),
    ...Array.from({ length: people }, (_, n) => ({
      at: (n * hourMs) / people,
      isAttempt: false,
      happen: () => come(n),
    })),
    // After forty seconds; one in ten never does.
    ...Array.from({ length: people }, (_, n) => ({
      at: (n * hourMs) / people + 40_000,
      isAttempt: false,
      happen: () => enterTheirs(n),
    })).filter((_, n) => n % 10 !== 0),
  ].sort((one, other) => one.at - other.at)

  let at = 0
  // Between two people attempts are under way together, as attacks have it.
  const underWay: Promise<void>[] = []
  for (const event of events) {
    if (!event.isAttempt) await Promise.all(underWay.splice(0))
    stage.clock.forward({ ms: event.at - at })
    at = event.at
    if (event.isAttempt) underWay.push(event.happen())
    else await event.happen()
  }
  expect(sent).toBeLessThan(30)
  expect(sent + refused).toBe(attempts)
  const decisions = await found(ready)
  expect(decisions).toMatchObject([{ cause: 'number_prefix', value: '86 1389999', refused }])
})
