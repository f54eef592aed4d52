/** The signed-in person, the members of the organization, and how people come in. */
import { z } from 'zod'
import { Text, Trimmed } from '#channels/text.ts'
import { permissionsOf } from '#domain/base/access.ts'
import type { ProblemCode } from '#domain/base/codes.ts'
import { DomainError, invalid, notFound } from '#domain/base/errors.ts'
import { heldNow } from '#domain/base/holding.ts'
import {
  acceptInvitation,
  ChangeRole,
  changeRole,
  findInvitation,
  Invite,
  inviteMember,
  ListMembers,
  listMembers,
  organizationsOf,
  removeMember,
  revokeInvitation,
} from '#domain/people/members.ts'
import {
  ChangeProfile,
  changeProfile,
  listSessions,
  revokeSession,
  switchOrganization,
} from '#domain/people/profile.ts'
import { parts } from '#platform/parts.ts'
import { openProcedure, procedure, router, signedInProcedure, visitorProcedure } from './trpc.ts'

const deps = () => ({ db: parts().db, now: () => new Date() })
const Password = Text(200).min(12, { error: 'password_too_short' satisfies ProblemCode })
const Name = Trimmed(80).min(1)

export const SetUp = z.strictObject({
  /** Of the link that a start prints while nobody has signed up. */
  secret: Trimmed(100).min(1),
  organization: Trimmed(80).min(1),
  name: Name,
  email: z.email({ error: 'invalid_email' satisfies ProblemCode }).max(254),
  password: Password,
})

export const peopleRouter = router({
  /** What the console's frame shows. */
  shell: signedInProcedure.query(async ({ ctx }) => {
    const { env, db } = parts()
    const { user, organization } = ctx.who
    const permissions = organization ? permissionsOf(organization.role) : []
    return {
      user,
      role: organization?.role ?? null,
      permissions,
      /** Why sending is held, for those who can release it. */
      held: permissions.includes('messages:resend') ? ((await heldNow(db))?.why ?? null) : null,
      organization: organization ? { id: organization.id, name: organization.name } : null,
      organizations: (await organizationsOf(db, user.id)).map(({ id, name }) => ({ id, name })),
      sandbox: env.sandbox,
      /** The public address, as an App's backend calls it. */
      url: env.url,
      simulatorUrl: env.simulatorUrl ?? null,
    }
  }),
  changeProfile: signedInProcedure
    .input(ChangeProfile)
    .mutation(({ ctx, input }) => changeProfile(deps(), ctx.who.user.id, input)),
  changePassword: signedInProcedure
    .input(z.strictObject({ current: Text(200), next: Password }))
    .mutation(async ({ ctx, input }) => {
      if (!(await parts().signIn.changePassword(ctx.headers, input)))
        throw invalid({ path: 'current', code: 'wrong_password' })
    }),
  sessions: signedInProcedure.query(({ ctx }) => listSessions(deps(), ctx.who.user.id, ctx.who.sessionId)),
  revokeSession: signedInProcedure
    .input(z.object({ id: Text(64) }))
    .mutation(({ ctx, input }) => revokeSession(deps(), ctx.who.user.id, input.id)),
  switchOrganization: signedInProcedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => switchOrganization(deps(), ctx.who.user.id, ctx.who.sessionId, input.id)),

  members: procedure.input(ListMembers.optional()).query(({ ctx, input }) => listMembers(ctx.domain, input)),
  invite: procedure.input(Invite).mutation(async ({ ctx, input }) => {
    const { token, expiresAt } = await inviteMember(ctx.domain, input)
    return { url: `${parts().env.url}/invite/${token}`, expiresAt }
  }),
  revokeInvitation: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx.domain, input.id)),
  changeRole: procedure.input(ChangeRole).mutation(({ ctx, input }) => changeRole(ctx.domain, input)),
  removeMember: procedure
    .input(z.object({ userId: Text(64) }))
    .mutation(({ ctx, input }) => removeMember(ctx.domain, input.userId)),

  /** Whether the first owner is still to come. */
  needsSetUp: openProcedure.query(() => parts().needsSetUp()),
  setUp: visitorProcedure.input(SetUp).mutation(async ({ ctx, input: { secret, ...owner } }) => {
    const { needsSetUp, isSetUpSecret, setUp } = parts()
    if (await needsSetUp()) {
      if (!(await isSetUpSecret(secret, ctx.clientIp))) throw invalid({ path: 'secret', code: 'wrong_set_up_secret' })
      if (await setUp(owner)) return
    }
    throw new DomainError('conflict', 'Signet is set up already.', { reason: 'already_set_up' })
  }),
  invitation: visitorProcedure.input(z.object({ token: Text(100) })).query(async ({ input, ctx }) => {
    const invitation = await findInvitation(parts().db, input.token, new Date())
    if (!invitation) throw notFound('invitation')
    return {
      email: invitation.email,
      role: invitation.role,
      organization: invitation.organization,
      signedInAs: ctx.who?.user.email ?? null,
      known: await parts().signIn.isKnown(invitation.email),
    }
  }),
  /** Takes up an invitation: as the person signed in, or as a new one with a name and a password. */
  acceptInvitation: visitorProcedure
    .input(z.strictObject({ token: Text(100), name: Name.optional(), password: Password.optional() }))
    .mutation(async ({ input, ctx }) => {
      const invitation = await findInvitation(parts().db, input.token, new Date())
      if (!invitation) throw notFound('invitation')
      const person = ctx.who?.user ?? (await newPerson(invitation.email, input))
      const organizationId = await acceptInvitation(
        parts().contextFor({ kind: 'system', name: 'invitation' }),
        input.token,
        { userId: person.id, email: person.email, name: person.name },
      )
      if (ctx.who) await switchOrganization(deps(), person.id, ctx.who.sessionId, organizationId)
      return { email: invitation.email, signedIn: ctx.who !== null }
    }),
})

async function newPerson(email: string, input: { name?: string | undefined; password?: string | undefined }) {
  if (!input.name) throw invalid({ path: 'name', code: 'required' })
  if (!input.password) throw invalid({ path: 'password', code: 'required' })
  const id = await parts().signIn.addPerson({ name: input.name, email, password: input.password })
  if (!id) throw new DomainError('conflict', 'This address has an account: sign in first.', { reason: 'sign_in_first' })
  return { id, email, name: input.name }
}
