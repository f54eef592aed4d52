/** The members and invitations as the page shows them, and who may give which role. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'

type Listed = inferRouterOutputs<AppRouter>['people']['members']
export type Member = Listed['members'][number]
export type Invitation = Listed['invitations'][number]
export type Role = Member['role']
/** What this person may do: manage members at all; manage owners too. */
export type Rights = { mayWrite: boolean; isOwner: boolean }

/** The roles that somebody may give: owners are made by owners. */
export const rolesFor = ({ isOwner }: Rights): Role[] =>
  isOwner ? ['owner', 'admin', 'author', 'viewer'] : ['admin', 'author', 'viewer']
