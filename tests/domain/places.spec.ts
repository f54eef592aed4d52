/** How a worker shares its places: simulated by the clock of the spec, a fetch being told what there is to take. */
import { expect, test } from '@playwright/test'
import { openPlaces } from '#queue/places.ts'

/** Takes what may be taken of groups that all have as much as anybody could want, in the order they are named. */
function fill(places: ReturnType<typeof openPlaces>, groups: readonly string[], taken: Map<string, number>) {
  for (;;) {
    const full = new Set(places.full())
    const batch = places.batch()
    const next = groups.find((group) => !full.has(group))
    if (next === undefined || batch === 0) return
    for (let n = 0; n < batch; n++) places.enter(next)
    taken.set(next, (taken.get(next) ?? 0) + batch)
  }
}

const named = (count: number) => Array.from({ length: count }, (_, n) => `group ${n}`)
const sum = (taken: Map<string, number>) => [...taken.values()].reduce((all, one) => all + one, 0)

for (const count of [1, 4, 20, 35]) {
  test(`${count} groups that get nothing done leave room for others`, () => {
    const places = openPlaces(() => 0)
    const taken = new Map<string, number>()
    fill(places, named(count), taken)
    expect(taken.size).toBe(count)
    expect(Math.max(...taken.values())).toBeLessThanOrEqual(12)
    expect(places.batch()).toBeGreaterThan(0)
    expect(places.full()).toHaveLength(count)
  })
}

test('never are there more jobs in hand than places, however many groups get nothing done', () => {
  const taken = new Map<string, number>()
  fill(
    openPlaces(() => 0),
    named(1000),
    taken,
  )
  expect(sum(taken)).toBe(400)
  expect(taken.size).toBeGreaterThan(35)
})

test('a group that gets much done has many places, and few again once it gets nothing done', () => {
  let now = 0
  const places = openPlaces(() => now)
  const taken = new Map<string, number>()
  // Ten milliseconds a job, ten at a time: what a quick mail server does.
  for (; now < 5000; now += 10) {
    fill(places, ['quick'], taken)
    for (let n = 0; n < Math.min(10, taken.get('quick') ?? 0); n++) {
      places.leave('quick')
      taken.set('quick', (taken.get('quick') ?? 0) - 1)
    }
  }
  fill(places, ['quick'], taken)
  // A batch may go a little beyond.
  expect(taken.get('quick')).toBeGreaterThanOrEqual(100)
  expect(taken.get('quick')).toBeLessThan(112)
  now += 10_000
  expect(places.full()).toEqual(['quick'])
  while ((taken.get('quick') ?? 0) > 20) {
    now += 3000
    places.leave('quick')
    taken.set('quick', (taken.get('quick') ?? 0) - 1)
    expect(places.full()).toEqual(['quick'])
  }
})

test('a group that had nothing in hand for a moment has as many places as before, and is forgotten after a while', () => {
  let now = 0
  const places = openPlaces(() => now)
  for (let n = 0; n < 500; n++) {
    places.enter('quick')
    places.leave('quick')
  }
  places.batch()
  expect(places.batch()).toBe(50)
  places.enter('quick')
  expect(places.batch()).toBe(50)
  places.leave('quick')
  now += 2000
  places.batch()
  places.enter('quick')
  expect(places.batch()).toBe(12)
})

test('a group that appears while another takes large batches gets no more than a batch before it is known', () => {
  let now = 0
  const places = openPlaces(() => now)
  for (; now < 2000; now += 1) {
    places.enter('quick')
    places.leave('quick')
    places.enter('quick')
  }
  const taken = new Map<string, number>()
  for (let n = 0; n < 1960; n++) places.leave('quick')
  fill(places, named(20), taken)
  expect(taken.size).toBe(20)
  expect([...taken.values()].filter((count) => count > 12).length).toBeLessThanOrEqual(1)
})

test('what is urgent finds a place although others of its group fill theirs, until it fills those as well', () => {
  const places = openPlaces(() => 0)
  fill(places, ['slow'], new Map())
  expect(places.full()).toEqual(['slow'])
  expect(places.fullOfUrgent()).toEqual([])
  for (let n = 0; n < 12; n++) places.enter('slow')
  expect(places.fullOfUrgent()).toEqual(['slow'])
})

test('there is room again when half of many places are free, or a few of few', () => {
  const places = openPlaces(() => 0)
  fill(places, ['slow'], new Map())
  expect([places.leave('slow'), places.leave('slow'), places.leave('slow')]).toContain(true)
  expect(places.full()).toEqual([])
})
