/** Where a person goes on to after signing in. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { sitePath } from '#console/people/sign-in/site-path.ts'

test('places of this site are kept, with what they ask for', () => {
  for (const path of ['/', '/messages?status=failed&q=%2F%2Fx', '/apps/shop#keys', '/invite/a%2Fb'])
    expect(sitePath(path)).toBe(path)
})

const elsewhere = [
  ...[
    '//host.example',
    '/\\host.example',
    '/\t/host.example',
    '\\\\host.example',
    'https://host.example',
    'javascript:alert(1)',
  ],
  ...['/.//host.example/a', '/%2e//host.example/a', '/%2E//host.example', '/..//host.example', '/a/..//host.example'],
  ...['/./\\host.example', '/.\\/host.example', '/.///host.example', '/a/%2e%2e//host.example', '/\n.//host.example'],
]
for (const path of elsewhere) {
  test(`${JSON.stringify(path)} leads to the overview`, () => {
    expect(sitePath(path)).toBe('/')
  })
}

test('nothing that anybody may write leads away', () => {
  const here = 'https://signet.example.com/sign-in'
  const pieces = [
    '/',
    '\\',
    '.',
    '%2e',
    '%2F',
    '%5c',
    '\t',
    '\n',
    ' ',
    '@',
    ':',
    '?',
    '#',
    'host.example',
    'https:',
    '..',
  ]
  const written = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => `/${parts.join('')}`),
    fc.string({ unit: 'binary' }),
  )
  const stays = (text: string) => new URL(sitePath(text), here).origin === new URL(here).origin
  fc.assert(fc.property(written, stays), { numRuns: 3000 })
})
