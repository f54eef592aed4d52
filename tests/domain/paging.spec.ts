/** Keyset paging: every row once, in both directions, also while rows are added. */
import { v7 } from 'uuid'
import { auditEvent } from '#db/schema/index.ts'
import { listAudit } from '#domain/base/audit.ts'
import { Cursor, SortedCursor } from '#domain/base/paging.ts'
import { expect, type Org, type Stage, test } from '../support/make.ts'

const add = async (stage: Stage, org: Org, count: number) => {
  const entry = { organizationId: org.id, at: stage.clock.now(), actorName: 'Ann', action: 'added', subject: 'app' }
  if (count > 0)
    await stage.db.insert(auditEvent).values(Array.from({ length: count }, () => ({ ...entry, id: v7(), changes: {} })))
}

for (const total of [0, 1, 49, 50, 51, 100, 130]) {
  test(`${total} rows are all met once on the way down and again on the way up`, async ({ stage }) => {
    const org = await stage.organization()
    await add(stage, org, total)
    const down: string[][] = []
    let page = await listAudit(org.as('owner'), {})
    expect(page.newer).toBeNull()
    for (;;) {
      down.push(page.rows.map(({ id }) => id))
      if (!page.older) break
      page = await listAudit(org.as('owner'), { cursor: page.older })
    }
    const all = down.flat()
    expect(new Set(all).size).toBe(total)
    expect(all).toEqual([...all].sort().reverse())
    expect(down.slice(0, -1).every((rows) => rows.length === 50)).toBe(true)
    const up: string[][] = [page.rows.map(({ id }) => id)]
    while (page.newer) {
      page = await listAudit(org.as('owner'), { cursor: page.newer })
      up.unshift(page.rows.map(({ id }) => id))
    }
    expect(up.flat()).toEqual(all)
  })
}

test('a page stays what it was while newer rows arrive', async ({ stage }) => {
  const org = await stage.organization()
  await add(stage, org, 60)
  const first = await listAudit(org.as('owner'), {})
  const cursor = first.older ?? ''
  const before = await listAudit(org.as('owner'), { cursor })
  await add(stage, org, 60)
  expect((await listAudit(org.as('owner'), { cursor })).rows).toEqual(before.rows)
})

test('a cursor is a direction and an id and nothing else', () => {
  const id = v7()
  expect(Cursor.safeParse(`before:${id}`).success).toBe(true)
  expect(SortedCursor.safeParse(`before:${id}:a: name`).success).toBe(true)
  expect(SortedCursor.safeParse(`before:${id}name`).success).toBe(false)
  for (const wrong of [
    '',
    id,
    `over:${id}`,
    `before:${id}0`,
    'before:',
    `before:${id}:name`,
    "before:'; drop table message; --",
  ]) {
    expect(Cursor.safeParse(wrong).success).toBe(false)
  }
})

test('a cursor that looks like an id and is none is refused', () => {
  expect(Cursor.safeParse(`before:${'-'.repeat(36)}`).success).toBe(false)
})
