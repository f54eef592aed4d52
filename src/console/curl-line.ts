/** The call that sends a first message, ready to paste into a terminal. */

/** What stands in place of a key that is not at hand. */
export const keyPlaceholder = 'sk_live_…'

export function curlLine({
  url,
  key = keyPlaceholder,
  scenario = 'login',
}: {
  url: string
  key?: string
  scenario?: string
}) {
  const body = { channel: 'email', scenario, to: 'you@example.com', variables: { code: '123456' } }
  return [
    `curl ${url}/api/v1/messages \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n')
}
