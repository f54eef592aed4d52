/** Members: there is always an owner, only owners manage owners, and an invitation works once. */
import { and, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { z } from 'zod'
import { invitation, member, type Role, user } from '#db/schema/index.ts'
import {
  acceptInvitation,
  changeRole,
  createOrganization,
  findInvitation,
  inviteMember,
  type ListMembers,
  listMembers,
  organizationsOf,
  removeMember,
  revokeInvitation,
} from '#domain/people/members.ts'
import { expect, type Org, type Stage, test } from '../support/make.ts'

async function newPerson(stage: Stage, email = `new-${v7()}@example.com`) {
  const id = v7()
  const at = { createdAt: stage.clock.now(), updatedAt: stage.clock.now() }
  await stage.db.insert(user).values({ id, name: 'New', email, ...at })
  return { userId: id, email, name: 'New' }
}

async function addMember(stage: Stage, org: Org, role: Role) {
  const person = await newPerson(stage)
  await stage.db
    .insert(member)
    .values({ organizationId: org.id, userId: person.userId, role, createdAt: stage.clock.now() })
  return person
}

async function roleOf(stage: Stage, org: Org, userId: string): Promise<Role | undefined> {
  const found = await stage.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, org.id), eq(member.userId, userId)))
  return found[0]?.role
}

test('the last owner can neither be demoted nor removed, not even by themselves', async ({ stage }) => {
  const org = await stage.organization()
  const { id: userId } = org.person('owner')
  const lastOwner = { code: 'conflict', data: { reason: 'last_owner' } }
  await expect(changeRole(org.as('owner'), { userId, role: 'admin' })).rejects.toMatchObject(lastOwner)
  await expect(removeMember(org.as('owner'), userId)).rejects.toMatchObject(lastOwner)
  await changeRole(org.as('owner'), { userId, role: 'owner' })
  expect(await roleOf(stage, org, userId)).toBe('owner')
})

test('owners who demote and remove each other at once leave exactly one', async ({ stage }) => {
  const org = await stage.organization()
  const more = await Promise.all(Array.from({ length: 5 }, () => addMember(stage, org, 'owner')))
  const owners = [org.person('owner').id, ...more.map(({ userId }) => userId)]
  const results = await Promise.allSettled(
    owners.map((userId, n) =>
      n % 2 === 0 ? changeRole(org.as('owner'), { userId, role: 'viewer' }) : removeMember(org.as('owner'), userId),
    ),
  )
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  const left = (await listMembers(org.as('viewer'))).members.filter(({ role }) => role === 'owner')
  expect(left).toHaveLength(1)
})

test('an admin manages everybody but owners', async ({ stage }) => {
  const org = await stage.organization()
  const admin = org.as('admin')
  const second = await addMember(stage, org, 'owner')
  const viewer = org.person('viewer').id
  const ownersOnly = { code: 'forbidden', data: { reason: 'owners_only' } }
  await expect(changeRole(admin, { userId: second.userId, role: 'viewer' })).rejects.toMatchObject(ownersOnly)
  await expect(changeRole(admin, { userId: viewer, role: 'owner' })).rejects.toMatchObject(ownersOnly)
  await expect(removeMember(admin, second.userId)).rejects.toMatchObject(ownersOnly)
  await expect(inviteMember(admin, { email: 'a@example.com', role: 'owner' })).rejects.toMatchObject(ownersOnly)
  await changeRole(admin, { userId: viewer, role: 'author' })
  expect(await roleOf(stage, org, viewer)).toBe('author')
  await removeMember(admin, viewer)
  expect(await roleOf(stage, org, viewer)).toBeUndefined()
})

test('an admin can neither revoke nor replace the invitation of an owner', async ({ stage }) => {
  const org = await stage.organization()
  const ownersOnly = { code: 'forbidden', data: { reason: 'owners_only' } }
  const { token } = await inviteMember(org.as('owner'), { email: 'boss@example.com', role: 'owner' })
  const found = await findInvitation(stage.db, token, stage.clock.now())
  await expect(revokeInvitation(org.as('admin'), found?.id ?? '')).rejects.toMatchObject(ownersOnly)
  const replacing = inviteMember(org.as('admin'), { email: 'Boss@example.com', role: 'viewer' })
  await expect(replacing).rejects.toMatchObject(ownersOnly)
  expect(await findInvitation(stage.db, token, stage.clock.now())).toMatchObject({ role: 'owner' })
})

test('an invitation works once, for the address it was made for', async ({ stage }) => {
  const org = await stage.organization()
  const person = await newPerson(stage)
  const invited = { email: person.email.toUpperCase(), role: 'author' } as const
  const { token } = await inviteMember(org.as('owner'), invited)
  const stranger = await newPerson(stage)
  await expect(acceptInvitation(stage.lent, token, stranger)).rejects.toMatchObject({ code: 'not_found' })
  expect(await acceptInvitation(stage.lent, token, person)).toBe(org.id)
  expect(await roleOf(stage, org, person.userId)).toBe('author')
  await expect(acceptInvitation(stage.lent, token, person)).rejects.toMatchObject({ code: 'not_found' })
  expect(await organizationsOf(stage.db, person.userId)).toEqual([{ id: org.id, name: 'Acme', role: 'author' }])
})

test('an invitation taken up many times at once makes one member', async ({ stage }) => {
  const org = await stage.organization()
  const person = await newPerson(stage)
  const { token } = await inviteMember(org.as('owner'), { email: person.email, role: 'viewer' })
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => acceptInvitation(stage.lent, token, person)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await roleOf(stage, org, person.userId)).toBe('viewer')
})

test('an invitation is over after seven days', async ({ stage }) => {
  const org = await stage.organization()
  const person = await newPerson(stage)
  const { token, expiresAt } = await inviteMember(org.as('owner'), { email: person.email, role: 'viewer' })
  stage.clock.forward({ days: 7, ms: -1 })
  expect(await findInvitation(stage.db, token, stage.clock.now())).toMatchObject({ email: person.email })
  stage.clock.forward({ ms: 1 })
  expect(expiresAt).toEqual(stage.clock.now())
  expect(await findInvitation(stage.db, token, stage.clock.now())).toBeUndefined()
  await expect(acceptInvitation(stage.lent, token, person)).rejects.toMatchObject({ code: 'not_found' })
})

test('inviting an address again replaces its earlier invitation', async ({ stage }) => {
  const org = await stage.organization()
  const first = await inviteMember(org.as('owner'), { email: 'a@example.com', role: 'admin' })
  const second = await inviteMember(org.as('owner'), { email: 'A@example.com', role: 'viewer' })
  expect(await findInvitation(stage.db, first.token, stage.clock.now())).toBeUndefined()
  expect(await findInvitation(stage.db, second.token, stage.clock.now())).toMatchObject({ role: 'viewer' })
})

test('a revoked invitation is gone, and its token was never stored', async ({ stage }) => {
  const org = await stage.organization()
  const { token } = await inviteMember(org.as('owner'), { email: 'a@example.com', role: 'viewer' })
  const stored = await stage.db.select().from(invitation).where(eq(invitation.organizationId, org.id))
  expect(JSON.stringify(stored)).not.toContain(token)
  await revokeInvitation(org.as('admin'), stored[0]?.id ?? '')
  expect(await findInvitation(stage.db, token, stage.clock.now())).toBeUndefined()
})

test('somebody who is a member already is not invited', async ({ stage }) => {
  const org = await stage.organization()
  await expect(
    inviteMember(org.as('owner'), { email: org.person('viewer').email, role: 'admin' }),
  ).rejects.toMatchObject({ data: { fields: [{ path: 'email', code: 'already_member' }] } })
})

test('an organization sends out at most a hundred invitations an hour', async ({ stage }) => {
  const org = await stage.organization()
  const inviting = Array.from({ length: 104 }, (_, n) =>
    inviteMember(org.as('owner'), { email: `p${n}@example.com`, role: 'viewer' }),
  )
  const refused = (await Promise.allSettled(inviting)).filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(4)
  expect(refused[0]).toMatchObject({ reason: { code: 'rate_limited' } })
})

test('invitations are listed for those who may invite, and members for everybody', async ({ stage }) => {
  const org = await stage.organization()
  await inviteMember(org.as('owner'), { email: 'a@example.com', role: 'viewer' })
  for (const [role, seen] of [
    ['owner', 1],
    ['admin', 1],
    ['author', 0],
    ['viewer', 0],
  ] as const) {
    const { members, invitations } = await listMembers(org.as(role))
    expect([members.length, invitations.length]).toEqual([4, seen])
    expect(members.filter(({ isYou }) => isYou).map(({ role: mine }) => mine)).toEqual([role])
  }
})

test('members are sorted by what their columns say, roles by what they may', async ({ stage }) => {
  const org = await stage.organization()
  const roles = async (sort: z.infer<typeof ListMembers>['sort']) =>
    (await listMembers(org.as('viewer'), { sort })).members.map(({ role }) => role)
  expect(await roles('role')).toEqual(['owner', 'admin', 'author', 'viewer'])
  expect(await roles('-role')).toEqual(['viewer', 'author', 'admin', 'owner'])
  for (const sort of ['name', 'email', 'since'] as const) {
    const seen = (await listMembers(org.as('viewer'), { sort })).members.map((one) => one[sort])
    expect(seen).toEqual([...seen].sort((a, b) => (a < b ? -1 : 1)))
  }
})

test('a new organization begins with its owner', async ({ stage }) => {
  const person = await newPerson(stage)
  const id = await createOrganization(stage.lent, 'Fresh', person.userId)
  expect(await organizationsOf(stage.db, person.userId)).toEqual([{ id, name: 'Fresh', role: 'owner' }])
})
