'use client'
import type { EmailContent } from '#channels/email/email.ts'
import { usePhrases } from '#console/editing/use-phrases.ts'
/** Two contents side by side, as the dialogs of the editor show them. */
import { lazyPart } from '#console/ui/lazy-part.tsx'

const VersionCompare = lazyPart(() => import('./version-compare.tsx').then((file) => file.default))

type Side = { label: string; content: EmailContent }

export function Comparison({ before, after }: { before: Side; after: Side }) {
  const phrases = usePhrases()
  return <VersionCompare before={before} after={after} phrases={phrases} />
}
