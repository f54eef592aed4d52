/** The readable form of the OpenAPI document: one page, drawn on the server, without scripts. */
import { html, raw } from 'hono/html'
import { testEndings } from '#domain/messages/outcome.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  example?: unknown
  additionalProperties?: Schema | boolean
}
type Content = Record<string, { schema?: Schema }>
type Operation = {
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}
type Document = { paths?: object; components?: { schemas?: object } }

const style = `:root{color-scheme:light dark;--line:#e7e7ea;--muted:#5f5f68;--code:#f6f6f7;--accent:#b93a26}
@media(prefers-color-scheme:dark){:root{--line:#2c2c31;--muted:#a0a0aa;--code:#1e1e22;--accent:#e8775f}body{background:#141416;color:#ececef}}
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:860px;padding:32px 20px 80px}
h1{font-size:24px}h2{font-size:17px;margin:48px 0 4px}h3{font-size:14px;margin:20px 0 6px}code,pre{font:13px/1.55 ui-monospace,Consolas,monospace}
pre{background:var(--code);border-radius:8px;padding:14px 16px;overflow-x:auto}.verb{color:var(--accent);font-weight:600}
table{border-collapse:collapse;width:100%;font-size:14px}th{text-align:left;font-weight:500;color:var(--muted)}th,td{padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
@media(max-width:640px){thead{display:none}tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}td{display:block;border:0;padding:1px 0}}
p{margin:6px 0}.muted{color:var(--muted)}a{color:var(--accent)}`

/** @param nonce lets the page's own style through the content policy */
export function docsPage(document: Document, options: { url: string; nonce: string }) {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>
  const resolve = (schema: Schema | undefined): Schema =>
    schema?.$ref ? (schemas[schema.$ref.split('/').pop() ?? ''] ?? {}) : (schema ?? {})
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([verb, operation]) => ({ path, verb, operation })),
  )
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Signet HTTP API</title>
<link rel="icon" href="/icon.svg"><style nonce="${options.nonce}">${raw(style)}</style></head><body><main>
<h1>Signet HTTP API</h1>
<p>JSON over HTTPS. Every call carries an API key of an App: <code>Authorization: Bearer sk_live_…</code>. A key that starts with <code>sk_test_</code> is
accepted, rendered and logged, and never reaches a provider. Its recipient can name how the message ends; all others are delivered:</p>
<table><thead><tr><th>Ends as</th><th>Mail address</th><th>Phone number ends in</th><th>Openid ends in</th></tr></thead><tbody>${Object.entries(
    testEndings,
  ).map(
    ([ending, digits]) =>
      html`<tr><td><code>${ending}</code></td><td><code>${ending}@example.com</code></td><td><code>${digits}</code></td><td><code>${ending}</code></td></tr>`,
  )}</tbody></table>
<p>The document behind this page: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<p>Errors are problem details (RFC 9457) with a stable <code>code</code>. Fields that are not described are refused. Bodies may have 64 KB.</p>
${operations.map(({ path, verb, operation }) => section(path, verb, operation, options.url, resolve))}
<h2>Problem codes</h2><p class="muted">${(resolve({ $ref: '#/Problem' }).properties?.code?.enum ?? []).join(' · ')}</p>
</main></body></html>`
}

function section(
  path: string,
  verb: string,
  operation: Operation,
  url: string,
  resolve: (schema: Schema | undefined) => Schema,
) {
  const body = operation.requestBody?.content['application/json']?.schema
  const example = resolve(body).example
  const answers = Object.entries(operation.responses ?? {})
  const good = answers.find(([status]) => status.startsWith('2'))
  const lines = [
    `curl ${url}${path}`,
    `  -H 'Authorization: Bearer sk_live_…'`,
    ...(example ? [`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(example)}'`] : []),
  ]
  return html`<section><h2><span class="verb">${verb.toUpperCase()}</span> <code>${path}</code></h2><p>${operation.summary}. ${operation.description ?? ''}</p>
<pre>${lines.join(' \\\n')}</pre>
${operation.parameters?.length ? html`<h3>Parameters</h3>${rows(operation.parameters.map(({ name, required, description, schema }) => [name, typeOf(schema ?? {}, resolve), required ? 'required' : '', description ?? schema?.description ?? '']))}` : ''}
${body ? html`<h3>Body</h3>${properties(resolve(body), resolve)}` : ''}
${good ? html`<h3>${good[0]} ${good[1].description ?? ''}</h3>${properties(resolve(good[1].content?.['application/json']?.schema), resolve)}` : ''}
<p class="muted">Problems: ${answers
    .filter(([status]) => !status.startsWith('2'))
    .map(([status]) => status)
    .join(', ')}</p></section>`
}

function typeOf(schema: Schema, resolve: (schema: Schema) => Schema): string {
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, resolve)).join(' | ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {}, resolve)}`
  if (schema.$ref) return 'object'
  if (typeof schema.additionalProperties === 'object') return `map of ${typeOf(schema.additionalProperties, resolve)}`
  return [schema.type].flat().filter(Boolean).join(' | ') + (schema.format ? ` (${schema.format})` : '')
}

const properties = (schema: Schema, resolve: (schema: Schema) => Schema) =>
  rows(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [
      name,
      typeOf(property, resolve),
      schema.required?.includes(name) ? 'always' : '',
      property.description ?? '',
    ]),
  )

const rows = (cells: string[][]) =>
  html`<table><thead><tr><th>Name</th><th>Type</th><th></th><th></th></tr></thead><tbody>${cells.map(
    ([name, ...rest]) => html`<tr><td><code>${name}</code></td>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`
