'use client'
/** Two contents side by side, as the dialogs of the editor show them. */
import dynamic from 'next/dynamic'
import type { EmailContent } from '#domain/channels/email.ts'
import { documentNonce } from '../../../../../../template-editor/document-nonce.ts'
import { usePhrases } from '../../../../../../template-editor/use-phrases.ts'

const VersionCompare = dynamic(() => import('../../../../../../template-editor/version-compare.tsx'), { ssr: false })

type Side = { label: string; content: EmailContent }

export function Comparison({ before, after, nonce }: { before: Side; after: Side; nonce: string | undefined }) {
  const phrases = usePhrases()
  return <VersionCompare before={before} after={after} nonce={documentNonce(nonce)} phrases={phrases} />
}
