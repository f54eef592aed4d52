/** Certificate authorities of the operator's own, for mail servers and proxies that the usual authorities know nothing of. */
import { readFileSync } from 'node:fs'
import tls from 'node:tls'

/** Whether a file can be read and holds a certificate in PEM. */
export function holdsCertificates(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes('-----BEGIN CERTIFICATE-----')
  } catch {
    return false
  }
}

/**
 * Trusts the certificates of the file that NODE_EXTRA_CA_CERTS names, besides the usual ones. Node does so by itself, but only
 * where the variable was set before it started: one that comes from a file of settings is too late.
 */
export function trustOwnAuthorities(file: string | undefined): void {
  if (!file || tls.getCACertificates('extra').length > 0) return
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(file, 'utf8')])
}
