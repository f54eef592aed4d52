/** Who is at the console; those who are not signed in are sent to where they can be. */
import 'server-only'
import type { inferRouterOutputs } from '@trpc/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { AppRouter } from '#api/router.ts'
import { caller, isSignedIn } from '../trpc/server.tsx'

/** What the frame round every console page shows of the person and the organization. */
export type ShellData = inferRouterOutputs<AppRouter>['people']['shell']

/** The frame's data, once for a request. */
export const loadShell = cache(async (): Promise<ShellData> => {
  if (!(await isSignedIn())) {
    if (await caller().people.needsSetUp()) redirect('/set-up')
    const path = (await headers()).get('x-signet-path') ?? '/'
    redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
  }
  return caller().people.shell()
})
