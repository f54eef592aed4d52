/** Who may do what: `docs/roles.md` says why. One line, `need(ctx, 'accounts:write')`, stands at the top of every verb. */
import type { Role } from '#db/schema/index.ts'
import type { AppActor, Ctx, UserActor } from './ctx.ts'
import { DomainError } from './errors.ts'

const allowed = {
  'accounts:read': ['owner', 'admin', 'author', 'viewer'],
  /** Identity, checks and their details; without it only name and state. The settings themselves are for who may change them. */
  'accounts:inspect': ['owner', 'admin', 'viewer'],
  'accounts:write': ['owner', 'admin'],
  'apps:read': ['owner', 'admin', 'author', 'viewer'],
  'apps:write': ['owner', 'admin'],
  'audit:read': ['owner', 'admin', 'viewer'],
  /** What goes is gone for good. */
  'data:write': ['owner'],
  /** Those whose role it is are told of incidents, and say that they look after one. */
  'incidents:write': ['owner', 'admin'],
  'members:read': ['owner', 'admin', 'author', 'viewer'],
  'members:write': ['owner', 'admin'],
  'messages:read': ['owner', 'admin', 'author', 'viewer'],
  'messages:resend': ['owner', 'admin'],
  'push-rules:read': ['owner', 'admin', 'author', 'viewer'],
  'push-rules:write': ['owner', 'admin'],
  'recipients:read': ['owner', 'admin'],
  'scenarios:write': ['owner', 'admin'],
  'templates:read': ['owner', 'admin', 'author', 'viewer'],
  'templates:write': ['owner', 'admin', 'author'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof allowed

export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(allowed) as Permission[]).filter((permission) => (allowed[permission] as readonly Role[]).includes(role))

/** Whether the actor may; the system may everything, an App only what its own verbs check. */
export function may(ctx: Pick<Ctx, 'actor'>, permission: Permission): boolean {
  if (ctx.actor.kind === 'system') return true
  return ctx.actor.kind === 'user' && (allowed[permission] as readonly Role[]).includes(ctx.actor.role)
}

/** The organization that the actor acts for, once the permission holds. @throws DomainError `forbidden` */
export function need(ctx: Pick<Ctx, 'actor'>, permission: Permission): string {
  if (!may(ctx, permission))
    throw new DomainError('forbidden', `This needs the permission ${permission}.`, { reason: permission })
  return organizationOf(ctx)
}

/** @throws DomainError `forbidden` for a system actor that names no organization. */
export function organizationOf({ actor }: Pick<Ctx, 'actor'>): string {
  if (!actor.organizationId) throw new DomainError('forbidden', 'No organization is named.')
  return actor.organizationId
}

/** The App whose backend is calling. @throws DomainError `unauthorized` */
export function callingApp({ actor }: Pick<Ctx, 'actor'>): AppActor {
  if (actor.kind !== 'app') throw new DomainError('unauthorized', 'This needs an API key.')
  return actor
}

/** The signed-in person. @throws DomainError `unauthorized` */
export function person({ actor }: Pick<Ctx, 'actor'>): UserActor {
  if (actor.kind !== 'user') throw new DomainError('unauthorized', 'This needs a signed-in person.')
  return actor
}
