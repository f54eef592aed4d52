/** What an invitation's link stands for; undefined when it is unknown, used or over. */
import 'server-only'
import { caller } from '#console/trpc/server.tsx'

export type Invited = NonNullable<Awaited<ReturnType<typeof loadInvitation>>>

const refusals = ['NOT_FOUND', 'BAD_REQUEST']
const isRefusal = (error: unknown) => error instanceof Error && 'code' in error && refusals.includes(String(error.code))

export async function loadInvitation(token: string) {
  try {
    return await caller().people.invitation({ token })
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}
