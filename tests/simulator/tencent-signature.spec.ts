/** The vendor's own examples of TC3-HMAC-SHA256, which the simulator's check agrees with, and so does the official client. */
import { expect, test } from '@playwright/test'
import { canonicalRequest, isSignedWith, signatureOf, signingKey, stringToSign } from '#simulator/tencent/signature.ts'

const body = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`
const scope = '2019-02-25/cvm/tc3_request'
const host = ['host', 'cvm.tencentcloudapi.com'] as const
const type = ['content-type', 'application/json; charset=utf-8'] as const
const post = { method: 'POST', path: '/', query: '', body }

test('the example of Signature v3 with its secret key', () => {
  const canonical = canonicalRequest({ ...post, headers: [type, host] })
  expect(canonical.split('\n').at(-1)).toBe('35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064')
  const text = stringToSign(canonical, '1551113065', scope)
  expect(text.split('\n')).toEqual([
    ...['TC3-HMAC-SHA256', '1551113065', scope],
    '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
  ])
  const key = signingKey('Gu5t9xGARNpq86cd98joQYCN3EXAMPLE', scope)
  const signature = '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168'
  expect(signatureOf(text, key)).toBe(signature)
  expect(isSignedWith(text, key, signature)).toBe(true)
  expect(isSignedWith(text, key, signature.replace('7', '8'))).toBe(false)
  expect(isSignedWith(text, key, '')).toBe(false)
})

test('the example whose action is signed, too, with the signing key that the page prints', () => {
  const canonical = canonicalRequest({ ...post, headers: [type, host, ['x-tc-action', 'DescribeInstances']] })
  const text = stringToSign(canonical, '1551113065', scope)
  expect(text.split('\n').at(-1)).toBe('7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84')
  const key = Buffer.from('b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af', 'hex')
  expect(signatureOf(text, key)).toBe('10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f')
})
