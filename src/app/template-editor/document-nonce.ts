/** The nonce of the document that is shown: after a soft navigation not the one that the server names. */
export function documentNonce(fromServer: string | undefined): string {
  if (typeof document === 'undefined') return fromServer ?? ''
  for (const script of document.scripts) if (script.nonce) return script.nonce
  return fromServer ?? ''
}
