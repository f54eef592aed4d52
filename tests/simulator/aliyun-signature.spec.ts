/** The signature that the simulator computes, against requests recorded from the real client and the published example. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { readParameters } from '#simulator/aliyun/parameters.ts'
import { isSignedWith, signatureOf, stringToSign } from '#simulator/aliyun/signature.ts'

type Vector = {
  name: string
  accessKeySecret: string
  httpMethod: string
  wire: { requestLine: string; body: string | null }
  decodedParams: Record<string, string>
  stringToSign: string
  signatureBase64: string
}

const { vectors, extraPublishedExample } = JSON.parse(
  readFileSync(new URL('./aliyun-sign-vectors.json', import.meta.url), 'utf8'),
) as { vectors: Vector[]; extraPublishedExample: Vector }

const queryOf = ({ wire }: Vector): string => /\?(\S*)/.exec(wire.requestLine)?.[1] ?? ''

for (const vector of [...vectors, extraPublishedExample]) {
  test(`the recorded request is read and signed alike: ${vector.name}`, () => {
    const parameters = readParameters(queryOf(vector), vector.wire.body ?? '')
    if (!parameters) throw new Error('The request cannot be read.')
    expect(Object.fromEntries(parameters)).toEqual(vector.decodedParams)
    const text = stringToSign(vector.httpMethod, parameters)
    expect(text).toBe(vector.stringToSign)
    expect(signatureOf(text, vector.accessKeySecret)).toBe(vector.signatureBase64)
    expect(isSignedWith(text, vector.accessKeySecret, parameters.get('Signature') ?? '')).toBe(true)
    expect(isSignedWith(text, `${vector.accessKeySecret}x`, vector.signatureBase64)).toBe(false)
    expect(isSignedWith(text, vector.accessKeySecret, '')).toBe(false)
  })
}

test('there are five recorded requests and the published one, whose signature is the official one', () => {
  expect(vectors).toHaveLength(5)
  expect(extraPublishedExample.signatureBase64).toBe('zJDF+Lrzhj/ThnlvIToysFRq6t4=')
})

test('the body wins over the query, a plus stays a plus, and a torn percent code cannot be read', () => {
  const parameters = readParameters('?A=1&B=x+y', 'A=2&C')
  expect(Object.fromEntries(parameters ?? [])).toEqual({ A: '2', B: 'x+y', C: '' })
  expect(readParameters('?A=%E8%BF', '')).toBeUndefined()
})
