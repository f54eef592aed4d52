/**
 * The certificates of the TLS ports: a small certificate authority that clients trust through `ca.pem`, and a leaf for
 * this machine. Promises a pair that is valid for thirty days more. The authority's key is thrown away once the leaf is
 * signed, so trusting `ca.pem` means trusting this one certificate.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GenerateResult, generate, type SelfsignedOptions } from 'selfsigned'

type Certificate = { key: string; cert: string }
export type Certificates = {
  right: Certificate
  /** For another name, of an authority nobody knows. */
  wrong: Certificate
  caFile: string
}

const day = 24 * 60 * 60 * 1000
const validDays = 730
const renewDays = 30
const hosts = ['localhost', '127.0.0.1', '::1']

/** Certificates start a day early, so that a clock that is set back a little does not refuse them. */
const basics = (): SelfsignedOptions => ({
  keyType: 'ec',
  algorithm: 'sha256',
  notBeforeDate: new Date(Date.now() - day),
  notAfterDate: new Date(Date.now() + validDays * day),
})

const makeAuthority = (name: string): Promise<GenerateResult> =>
  generate([{ name: 'commonName', value: name }], {
    ...basics(),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })

function makeLeaf(name: string, addresses: string[], authority: GenerateResult): Promise<GenerateResult> {
  return generate([{ name: 'commonName', value: name }], {
    ...basics(),
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2 as const, value: name }, ...addresses.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  })
}

/** Whether the kept files belong together, name this machine and last long enough. */
function isUsable(ca: string, { key, cert }: Certificate): boolean {
  try {
    const leaf = new X509Certificate(cert)
    const authority = new X509Certificate(ca)
    return (
      leaf.verify(authority.publicKey) &&
      leaf.checkPrivateKey(createPrivateKey(key)) &&
      hosts.every((host) => leaf.checkHost(host) ?? leaf.checkIP(host)) &&
      [leaf, authority].every(({ validToDate }) => validToDate.getTime() > Date.now() + renewDays * day)
    )
  } catch {
    // A file that a kill left half written is as good as none: new ones are made.
    return false
  }
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode })
  await rename(`${path}.new`, path)
}

/** Reads the certificates from the folder, or makes them there. */
export async function loadCertificates(folder: string): Promise<Certificates> {
  const [caFile, certFile, keyFile] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const stranger = await makeLeaf('mail.elsewhere.example', [], await makeAuthority('Unknown authority'))
  const wrong = { key: stranger.private, cert: stranger.cert }
  if ([caFile, certFile, keyFile].every((file) => existsSync(file))) {
    const kept = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
    if (isUsable(readFileSync(caFile, 'utf8'), kept)) return { right: kept, wrong, caFile }
  }
  const authority = await makeAuthority('Signet simulator authority')
  const leaf = await makeLeaf('localhost', ['127.0.0.1', '::1'], authority)
  await writeWhole(keyFile, leaf.private, 0o600)
  await writeWhole(certFile, leaf.cert, 0o644)
  await writeWhole(caFile, authority.cert, 0o644)
  return { right: { key: leaf.private, cert: leaf.cert }, wrong, caFile }
}
