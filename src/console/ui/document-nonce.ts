/** The nonce under which this document lets style elements through: after a soft navigation still that of the first answer. */
export function documentNonce(): string {
  for (const script of document.scripts) if (script.nonce) return script.nonce
  return ''
}
