/** The frame round every console page, for those who are signed in. */
import type { ReactNode } from 'react'
import { Queries } from '../trpc/client.tsx'
import { Words } from '../ui/words.tsx'
import { loadShell } from './load-shell.ts'
import { Shell } from './shell.tsx'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const data = await loadShell()
  return (
    <Words of={['Shell', 'Failure', 'Common']}>
      <Queries>
        <Shell data={data}>{children}</Shell>
      </Queries>
    </Words>
  )
}
