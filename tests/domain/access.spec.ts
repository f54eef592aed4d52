/** Who may do what, role by role. The table is written out here on purpose: a changed right has to be changed twice. */
import type { Role } from '#db/schema/index.ts'
import { may, need, organizationOf, type Permission, permissionsOf, person } from '#domain/base/access.ts'
import type { AppActor } from '#domain/base/ctx.ts'
import { expect, test } from '../support/make.ts'

const table: Record<Permission, string> = {
  'accounts:read': 'owner admin author viewer',
  'accounts:inspect': 'owner admin viewer',
  'accounts:write': 'owner admin',
  'apps:read': 'owner admin author viewer',
  'apps:write': 'owner admin',
  'audit:read': 'owner admin viewer',
  'data:write': 'owner',
  'incidents:write': 'owner admin',
  'members:read': 'owner admin author viewer',
  'members:write': 'owner admin',
  'messages:read': 'owner admin author viewer',
  'messages:resend': 'owner admin',
  'push-rules:read': 'owner admin author viewer',
  'push-rules:write': 'owner admin',
  'recipients:read': 'owner admin',
  'scenarios:write': 'owner admin',
  'templates:read': 'owner admin author viewer',
  'templates:write': 'owner admin author',
}

const permissions = Object.keys(table) as Permission[]
const user = (role: Role) => ({
  actor: { kind: 'user', id: 'u', name: 'Ann', email: 'ann@example.com', organizationId: 'o', role } as const,
})
const app: { actor: AppActor } = {
  actor: {
    ...{ kind: 'app', organizationId: 'o', appId: 'a', appName: 'Shop', codeLifetimeMinutes: 10 },
    ...{ keyId: 'k', keyName: 'backend', keyKind: 'live', channels: [] },
  },
}

for (const role of ['owner', 'admin', 'author', 'viewer'] as const) {
  const granted = permissions.filter((permission) => table[permission].split(' ').includes(role))

  test(`the role ${role} has exactly the permissions of the table`, () => {
    expect(permissionsOf(role).sort()).toEqual([...granted].sort())
  })

  test(`a verb lets the role ${role} through where the table says so and refuses it elsewhere`, () => {
    for (const permission of permissions) {
      const isGranted = granted.includes(permission)
      expect(may(user(role), permission)).toBe(isGranted)
      if (isGranted) expect(need(user(role), permission)).toBe('o')
      else expect(() => need(user(role), permission)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    }
  })
}

test('an API key has no permission of a person', () => {
  for (const permission of permissions) {
    expect(may(app, permission)).toBe(false)
    expect(() => need(app, permission)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  }
})

test('the system may everything, in an organization that it names', () => {
  for (const permission of permissions) {
    expect(need({ actor: { kind: 'system', name: 'set-up', organizationId: 'o' } }, permission)).toBe('o')
    expect(() => need({ actor: { kind: 'system', name: 'worker' } }, permission)).toThrow(/No organization/)
  }
})

test('only a signed-in person is a person', () => {
  expect(person(user('viewer'))).toMatchObject({ name: 'Ann' })
  expect(() => person(app)).toThrow(expect.objectContaining({ code: 'unauthorized' }))
  expect(organizationOf(app)).toBe('o')
})
