/** How a message of a test key ends, named by its recipient. */
import { expect, test } from '@playwright/test'
import { simulated } from '#domain/sending/deliver/outcome.ts'

for (const [recipient, status] of [
  ['failed@example.com', 'failed'],
  ['unknown+1@example.com', 'unknown'],
  ['expired@example.com', 'expired'],
  ['sent@example.com', 'sent'],
  ['ann@failed', 'delivered'],
  ['notfailed@example.com', 'delivered'],
  ['+8613800000001', 'failed'],
  ['+8613800000002', 'unknown'],
  ['+85260000003', 'expired'],
  ['+8613800000004', 'sent'],
  ['+8613800138000', 'delivered'],
  ['+8613800010001', 'failed'],
  ['oAbCdEfGhIjKlMnOpQrStUvfailed', 'failed'],
  ['oAbCdEfGhIjKlMnOpQrStUvunknown', 'unknown'],
  ['oAbCdEfGhIjKlMnOpQrStUv_sent', 'sent'],
  ['oAbCdEfGhIjKlMnOpQrStUv0001', 'delivered'],
] as const) {
  test(`a test key's message to ${recipient} ends as ${status}`, () => {
    expect(simulated(recipient).status).toBe(status)
  })
}
