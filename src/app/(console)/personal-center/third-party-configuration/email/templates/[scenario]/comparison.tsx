'use client'
import type { EmailContent } from '#domain/channels/email.ts'
import { documentNonce } from '../../../../../../template-editor/document-nonce.ts'
import { usePhrases } from '../../../../../../template-editor/use-phrases.ts'
/** Two contents side by side, as the dialogs of the editor show them. */
import { lazyPart } from '../../../../../../ui/lazy-part.tsx'

const VersionCompare = lazyPart(() =>
  import('../../../../../../template-editor/version-compare.tsx').then((file) => file.default),
)

type Side = { label: string; content: EmailContent }

export function Comparison({ before, after, nonce }: { before: Side; after: Side; nonce: string | undefined }) {
  const phrases = usePhrases()
  return <VersionCompare before={before} after={after} nonce={documentNonce(nonce)} phrases={phrases} />
}
