/** Where accounts may connect: every way to write a host, and every kind of address. */
import { expect, test } from '@playwright/test'
import { HostError, normaliseHost, type ResolvedAddress, readAllowList, resolveAllowed } from '#providers/addresses.ts'

const nothing = readAllowList([])
const address = (text: string): ResolvedAddress => ({ address: text, family: text.includes(':') ? 6 : 4 })
const never = () => Promise.reject(new Error('The host was looked up.'))

async function outcome(host: string, allowed: string[] = [], found?: string[]): Promise<string[] | string> {
  const resolve = found ? async () => found.map(address) : never
  return resolveAllowed(host, readAllowList(allowed), resolve).then(
    ({ addresses }) => addresses.map((one) => one.address),
    (error: unknown) => (error instanceof HostError ? error.reason : String(error)),
  )
}

const notPublic: [what: string, ...hosts: string[]][] = [
  ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
  ['loopback in other numbers', '127.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001'],
  ['loopback with dots and brackets', '127.0.0.1.', '[::1]', '１２７.０.０.１', '[0:0:0:0:0:0:0:1]'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
  ['link-local and metadata', '169.254.0.1', '169.254.169.254', 'fe80::1', 'fd00:ec2::254', '100.100.100.200'],
  ['the metadata service of Azure and of Oracle', '168.63.129.16', '192.0.0.192'],
  ['shared', '100.64.0.1', '100.127.255.255'],
  ['unspecified', '0.0.0.0', '0', '0.1.2.3', '::'],
  ['multicast and broadcast', '224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  ['reserved', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '2001:db8::1', '3fff::1'],
  ['mapped', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '[::ffff:7f00:1]', '::ffff:a9fe:a9fe', '::ffff:0:a00:1'],
  ['compatible', '::127.0.0.1', '::7f00:1', '::a00:1'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::a00:1'],
  ['6to4 and Teredo', '2002:7f00:1::', '2002:a00:1::1', '2002:a9fe:a9fe::', '2001::1'],
  ['outside of what is routed', '4000::1', '5f00::1', '100::1'],
]
for (const [what, ...hosts] of notPublic) {
  test(`an address that is ${what} is refused`, async () => {
    for (const host of hosts) expect([host, await outcome(host)]).toEqual([host, 'address_refused'])
  })

  test(`a name that resolves to an address that is ${what} is refused`, async () => {
    for (const host of hosts) {
      const normal = normaliseHost(host) ?? ''
      expect([host, await outcome('mail.example.com', [], [normal])]).toEqual([host, 'address_refused'])
    }
  })
}

test('public addresses are allowed, in IPv4, IPv6 and within IPv6', async () => {
  for (const host of ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1']) {
    expect(await outcome(host)).toEqual([normaliseHost(host)])
  }
  expect(await outcome('mail.example.com', [], ['8.8.8.8', '2606:4700::1'])).toEqual(['8.8.8.8', '2606:4700::1'])
})

test('of a name that has both, only the public addresses are used', async () => {
  expect(await outcome('mail.example.com', [], ['10.0.0.1', '8.8.8.8', '127.0.0.1'])).toEqual(['8.8.8.8'])
})

test('a name is looked up once, and its normal form is what is looked up', async () => {
  const asked: string[] = []
  const resolve = async (host: string) => {
    asked.push(host)
    return [address(asked.length === 1 ? '8.8.8.8' : '127.0.0.1')]
  }
  const found = await resolveAllowed('MAIL.Example.COM.', nothing, resolve)
  expect(found).toEqual({ host: 'mail.example.com', addresses: [address('8.8.8.8')] })
  expect(asked).toEqual(['mail.example.com'])
})

const allowed: [entry: string, host: string, found: string[] | undefined, reached: string[]][] = [
  ['10.1.0.0/16', '10.1.2.3', undefined, ['10.1.2.3']],
  ['10.1.0.0/16', '::ffff:10.1.2.3', undefined, ['::ffff:a01:203']],
  ['10.1.0.0/16', 'relay.example.com', ['10.2.0.1', '10.1.0.1'], ['10.1.0.1']],
  ['192.168.0.7', '192.168.0.7', undefined, ['192.168.0.7']],
  ['fd00:1::/32', 'fd00:1::5', undefined, ['fd00:1::5']],
  ['Relay.Internal', 'relay.internal.', ['10.9.9.9'], ['10.9.9.9']],
  ['localhost', 'LOCALHOST', ['127.0.0.1', '::1'], ['127.0.0.1', '::1']],
  ['127.0.0.1', 'localhost', ['127.0.0.1', '::1'], ['127.0.0.1']],
]
for (const [entry, host, found, reached] of allowed) {
  test(`the allow list entry ${entry} lets ${host} through`, async () => {
    expect(await outcome(host, [entry], found)).toEqual(reached)
  })
}

test('an allow list lets nothing through that it does not name', async () => {
  expect(await outcome('10.2.0.1', ['10.1.0.0/16'])).toBe('address_refused')
  expect(await outcome('other.internal', ['relay.internal'], ['10.9.9.9'])).toBe('address_refused')
  expect(await outcome('relay.internal.example.com', ['relay.internal'], ['10.9.9.9'])).toBe('address_refused')
  expect(await outcome('127.0.0.1', ['localhost'])).toBe('address_refused')
})

test('an entry that is none is named', () => {
  for (const entry of ['10.0.0.0/99', 'a b', '', 'http://x', 'host/24']) {
    expect(() => readAllowList([entry])).toThrow(`"${entry}" is not`)
  }
})

test('all refusals look alike', async () => {
  const refusals = await Promise.all(
    ['127.0.0.1', '169.254.169.254', '10.0.0.1', 'ff02::1'].map((host) =>
      resolveAllowed(host, nothing, never).catch((error: Error) => `${error.name} ${error.message}`),
    ),
  )
  expect(new Set(refusals).size).toBe(1)
})

test('what is no host is not looked up', async () => {
  const hosts = ['', ' ', 'a b', 'user@host', 'host:25', 'http://host', 'host/path', 'a\\b', 'a%20b', 'fe80::1%eth0']
  for (const host of [...hosts, '1.2.3.4.5', '999.1.1.1', '[::1', 'a\nb', 'x'.repeat(254)]) {
    expect([host, await outcome(host)]).toEqual([host, 'host_not_found'])
  }
})

test('international names become ASCII', () => {
  expect(normaliseHost('例子.测试')).toBe('xn--fsqu00a.xn--0zwm56d')
  expect(normaliseHost('ⓛocalhost')).toBe('localhost')
  expect(normaliseHost('MAIL.EXAMPLE.com.')).toBe('mail.example.com')
})
