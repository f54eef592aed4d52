/** A call of the HTTP API as a backend makes it, ready to paste: for the terminal, and in TypeScript. */

export type SampledCall = { verb: string; path: string; body?: unknown }

const sampleId = '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59'
const addressOf = (url: string, path: string) => `${url}${path.replace('{id}', sampleId)}`

export const json = (value: unknown): string => JSON.stringify(value, null, 2)

const indented = (text: string, by: string) => text.replaceAll('\n', `\n${by}`)

/** For a POSIX shell. */
export function curlOf(url: string, { verb, path, body }: SampledCall): string {
  const lines = [
    `curl ${verb === 'GET' || body !== undefined ? '' : `-X ${verb} `}${addressOf(url, path)}`,
    `-H "Authorization: Bearer $SIGNET_KEY"`,
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${indented(json(body), '  ').replaceAll("'", `'\\''`)}'`]),
  ]
  return lines.join(' \\\n  ')
}

/** A value as it is written in code: names without quotation marks, text in single ones. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (typeof value !== 'object' || value === null) return String(value)
  const inner = `${indent}  `
  const entries = Array.isArray(value)
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([name, item]) => `${name}: ${literal(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return entries.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${entries.join(`,\n${inner}`)},\n${indent}${close}`
}

/** For any runtime with `fetch`. */
export function typescriptOf(url: string, { verb, path, body }: SampledCall): string {
  const options = [
    ...(verb === 'GET' ? [] : [`  method: '${verb}',`]),
    '  headers: {',
    '    Authorization: `Bearer ${SIGNET_KEY}`,',
    ...(body === undefined ? [] : [`    'Content-Type': 'application/json',`]),
    '  },',
    ...(body === undefined ? [] : [`  body: JSON.stringify(${literal(body, '  ')}),`]),
  ]
  return [
    `const response = await fetch('${addressOf(url, path)}', {`,
    ...options,
    '})',
    'const answer = await response.json()',
    'if (!response.ok) throw new Error(`${answer.code}: ${answer.detail}`)',
  ].join('\n')
}
