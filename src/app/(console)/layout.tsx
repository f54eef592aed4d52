/** The frame round every console page, for those who are signed in. */
import type { ReactNode } from 'react'
import { loadShell } from '#console/shell/load-shell.ts'
import { Shell } from '#console/shell/shell.tsx'
import { Queries } from '#console/trpc/client.tsx'
import { Words } from '#console/ui/words.tsx'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const data = await loadShell()
  return (
    <Words of={['Shell', 'Palette', 'Failure', 'Outage']}>
      <Queries>
        <Shell data={data}>{children}</Shell>
      </Queries>
    </Words>
  )
}
