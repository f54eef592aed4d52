/**
 * What a code of the delivery says, in words, and what to do about it. Codes of mail servers and of the network are
 * brought under one cause; other providers name the cause themselves. A code that is not known has no words and is shown as it is.
 */
import { type DynamicWords, useDynamicWords } from '../../ui/dynamic-words.ts'

/** Codes that are spelt otherwise than their cause, whose words are `Outcome.<cause>` and `Outcome.<cause>Hint`. */
const causes: Record<string, string> = {
  EDNS: 'host_not_found',
  EREFUSED: 'address_refused',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'no_answer',
  GREETING_TIMEOUT: 'no_answer',
  SOCKET_TIMEOUT: 'no_answer',
  UPGRADE_TIMEOUT: 'tls_failed',
  ETLS: 'tls_failed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_wrong_version',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_wrong_version',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_refused',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_refused',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_refused',
  CERT_HAS_EXPIRED: 'certificate_refused',
  CERT_NOT_YET_VALID: 'certificate_refused',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_refused',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate_refused',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_refused',
  certificate_self_signed: 'certificate_refused',
  certificate_name: 'certificate_refused',
  certificate_expired: 'certificate_refused',
  certificate_unknown_authority: 'certificate_refused',
  EAUTH: 'login_not_offered',
  ENOAUTH: 'login_not_offered',
  EENVELOPE: 'recipient_refused',
  EMESSAGE: 'too_large',
  EPROTOCOL: 'not_smtp',
  ECONNECTION: 'connection_lost',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  ESOCKET: 'connection_lost',
  '436': 'sender_refused',
  '526': 'login_rejected',
  '530': 'login_required',
  '534': 'login_rejected',
  '535': 'login_rejected',
  '551': 'recipient_refused',
  '552': 'too_large',
  '553': 'recipient_refused',
}

/** A reply code of SMTP that says no more than whether it is for now or for good (RFC 5321, 4.2.1). */
function family(code: string): string {
  if (/^4\d\d$/.test(code)) return 'temporary'
  return /^5\d\d$/.test(code) ? 'refused' : code
}

export type OutcomeWords = { what: string | undefined; hint: string | undefined }
const nothing: OutcomeWords = { what: undefined, hint: undefined }

const wordsOf = (words: DynamicWords, key: string): OutcomeWords => ({
  what: words.find(key),
  hint: words.find(`${key}Hint`),
})

/** Of a template that cannot be used the detail says why: a reason of ours, then the provider's own words, where it has any. */
export function unusableBecause(
  code: string | null,
  detail: string | null,
): { reason: string; rest: string } | undefined {
  const [, reason, rest] = (code === 'template_not_usable' && /^(\w+)(?:: (.*))?$/s.exec(detail ?? '')) || []
  return reason ? { reason, rest: rest ?? '' } : undefined
}

/** The words of a code, or of the cause that a provider names behind it; nothing for one that has none. */
export function useOutcomeWords(): (code: string | null, detail?: string | null) => OutcomeWords {
  const words = useDynamicWords('Outcome')
  const reasons = useDynamicWords('Reason')
  return (code, detail = null) => {
    if (!code) return nothing
    const because = unusableBecause(code, detail)
    const ofReason = because ? wordsOf(reasons, because.reason) : nothing
    return ofReason.what ? ofReason : wordsOf(words, causes[code] ?? family(code))
  }
}
