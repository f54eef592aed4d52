/** The tables by which the codes of vendors become causes, and the causes that are no vendor's but the line's. */
import { LookupError, type SendErrorKind } from '#channels/contract.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import type { CallFailure } from './lines.ts'

/** What follows from some codes, which stand with spaces between. */
export type Meaning = { kind: SendErrorKind; codes: string; about?: 'template' | 'approval' }

/** How a line fails: Node's codes and those of `lines.ts`, by what a person does about them. */
const lineCodes = {
  host_not_found: 'ENOTFOUND EAI_AGAIN',
  unreachable: 'ECONNREFUSED EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL ECONNECTTIMEOUT EREQUEST',
  certificate:
    'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN ERR_TLS_CERT_ALTNAME_INVALID CERT_HAS_EXPIRED CERT_NOT_YET_VALID UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  no_answer: 'ETIMEDOUT ECONNRESET EPIPE ECONNECTION ERR_STREAM_PREMATURE_CLOSE',
  cancelled: 'EABORT',
} as const

/** The same as causes of a vendor, whose words for them name it. */
export const lineMeanings = <Vendor extends string>(vendor: Vendor) =>
  Object.fromEntries(
    Object.entries(lineCodes).map(([cause, codes]) => [`${vendor}_${cause}`, { kind: 'retry', codes }]),
  ) as Record<`${Vendor}_${keyof typeof lineCodes}`, Meaning>

/** Codes of certificates that are not listed. */
export const certificateCode = /^ERR_(SSL|TLS)|^CERT_|_CERT_/

/** The cause of each code of a table. */
export const causesByCode = <Cause extends string>(meanings: Readonly<Record<Cause, Meaning>>): Map<string, Cause> =>
  new Map(
    Object.entries<Meaning>(meanings).flatMap(([cause, { codes }]) =>
      codes
        .split(' ')
        .filter(Boolean)
        .map((code): [string, Cause] => [code, cause as Cause]),
    ),
  )

/** The error that a question throws. It can always be asked again. */
export const lookupErrorOf = (
  { code, reach, requestId }: CallFailure,
  reason: VendorCause,
  { kind }: Pick<Meaning, 'kind'>,
  detail: string,
): LookupError =>
  new LookupError({
    ...{ reason, code, requestId, detail },
    kind: reach === 'unanswered' || kind === 'unknown' ? 'retry' : kind,
  })
