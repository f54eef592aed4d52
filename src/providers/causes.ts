/** The tables by which the codes of vendors become causes, and the codes that are no vendor's but the line's. */
import type { SendErrorKind } from '#channels/contract.ts'

/** What comes of some codes, which stand with spaces between. */
export type Meaning = { kind: SendErrorKind; codes: string; about?: 'template' | 'approval' }

/** How a line fails: Node's codes and those of `lines.ts`, by what a person does about them. */
export const lineCodes = {
  hostNotFound: 'ENOTFOUND EAI_AGAIN',
  unreachable: 'ECONNREFUSED EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL ECONNECTTIMEOUT',
  certificate:
    'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN ERR_TLS_CERT_ALTNAME_INVALID CERT_HAS_EXPIRED CERT_NOT_YET_VALID UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  noAnswer: 'ETIMEDOUT ECONNRESET EPIPE ECONNECTION',
  cancelled: 'EABORT',
} as const

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
