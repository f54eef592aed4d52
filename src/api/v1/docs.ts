/** The readable form of the OpenAPI document: one page, drawn on the server, without scripts. */
import { html, raw } from 'hono/html'
import { testEndings } from '#domain/sending/deliver/outcome.ts'
import { problemKinds } from './problem.ts'

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
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:920px;padding:32px 20px 80px}
h1{font-size:24px;margin:0 0 8px}h2{font-size:17px;margin:48px 0 4px;overflow-wrap:anywhere}h3{font-size:14px;margin:24px 0 4px}code,pre{font:13px/1.55 ui-monospace,Consolas,monospace}
pre{background:var(--code);border-radius:8px;padding:14px 16px;overflow-x:auto}.verb{color:var(--accent);font-weight:600}
table{border-collapse:collapse;width:100%;font-size:14px}th{text-align:left;font-weight:500;color:var(--muted)}th,td{padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
.fields{table-layout:fixed}.fields th:nth-child(1){width:31%}.fields th:nth-child(2){width:25%}.fields th:nth-child(3){width:76px}
@media(max-width:640px){thead{display:none}tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}td{display:block;border:0;padding:1px 0}td:empty{display:none}}
nav ul{list-style:none;margin:8px 0;padding:0}nav li{padding:1px 0}p{margin:6px 0}.muted{color:var(--muted)}a{color:var(--accent)}`

/** The code spans of a description, as code. */
const prose = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))

const anchorOf = (verb: string, path: string) => `${verb}${path.replace(/[^a-z0-9]+/gi, '-')}`.replace(/-$/, '')

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
<nav aria-label="Calls"><ul>${operations.map(
    ({ path, verb, operation }) =>
      html`<li><a href="#${anchorOf(verb, path)}"><code>${verb.toUpperCase()} ${path}</code></a> <span class="muted">${operation.summary}</span></li>`,
  )}</ul></nav>
<p>The document behind this page: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<p>Errors are <a href="#problems">problem details</a> (RFC 9457) with a stable <code>code</code>. Fields that are not described are refused. Bodies may have 64 KB.</p>
${operations.map(({ path, verb, operation }) => section(path, verb, operation, options.url, resolve))}
<section id="problems"><h2>Problem codes</h2>
<p>Decide by <code>code</code>; <code>detail</code> says what to do about it, and <code>request_id</code> is what Signet’s log knows the call by.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Means</th></tr></thead><tbody>${problemKinds.map(
    ({ code, status, title }) => html`<tr><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
  )}</tbody></table>
${fields(resolve({ $ref: '#/Problem' }), resolve, 'always')}</section>
</main></body></html>`
}

function section(path: string, verb: string, operation: Operation, url: string, resolve: Resolve) {
  const body = operation.requestBody?.content['application/json']?.schema
  const example = resolve(body).example
  const answers = Object.entries(operation.responses ?? {})
  const good = answers.find(([status]) => status.startsWith('2'))
  const lines = [
    `curl ${url}${path}`,
    `  -H 'Authorization: Bearer sk_live_…'`,
    ...(example ? [`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(example)}'`] : []),
  ]
  return html`<section id="${anchorOf(verb, path)}"><h2><span class="verb">${verb.toUpperCase()}</span> <code>${path}</code></h2><p>${operation.summary}. ${prose(operation.description ?? '')}</p>
<pre>${lines.join(' \\\n')}</pre>
${operation.parameters?.length ? html`<h3>Parameters</h3>${rows(operation.parameters.map(({ name, required, description, schema }) => [name, typeOf(schema ?? {}, resolve), required ? 'required' : '', description ?? schema?.description ?? '']))}` : ''}
${body ? html`<h3>Body</h3>${fields(resolve(body), resolve, 'required')}` : ''}
${good ? html`<h3>${good[0]} ${good[1].description ?? ''}</h3>${fields(resolve(good[1].content?.['application/json']?.schema), resolve, 'always')}` : ''}
<p class="muted">Problems: ${answers
    .filter(([status]) => !status.startsWith('2'))
    .map(([status]) => status)
    .join(', ')}</p></section>`
}

type Resolve = (schema: Schema | undefined) => Schema

function typeOf(schema: Schema, resolve: Resolve): string {
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => typeOf(one, resolve)))].join(' | ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {}, resolve)}`
  if (schema.$ref) return 'object'
  if (typeof schema.additionalProperties === 'object') return `map of ${typeOf(schema.additionalProperties, resolve)}`
  return [schema.type].flat().filter(Boolean).join(' | ') + (schema.format ? ` (${schema.format})` : '')
}

/** A line for each field, and for each field of what it holds: `messages[].id`. @param whenSure the word for one that is always there */
function linesOf(schema: Schema, resolve: Resolve, whenSure: string, within = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const whole = resolve(property)
    const of = resolve(whole.type === 'array' ? whole.items : whole)
    const path = `${within}${name}${whole.type === 'array' ? '[]' : ''}`
    const line = [
      path,
      typeOf(property, resolve),
      schema.required?.includes(name) ? whenSure : '',
      property.description ?? '',
    ]
    return [line, ...linesOf(of, resolve, whenSure, `${path}.`)]
  })
}

const fields = (schema: Schema, resolve: Resolve, whenSure: string) => rows(linesOf(schema, resolve, whenSure))

const rows = (cells: string[][]) =>
  html`<table class="fields"><thead><tr><th>Name</th><th>Type</th><th></th><th></th></tr></thead><tbody>${cells.map(
    ([name, type, sure, said = '']) =>
      html`<tr><td><code>${name}</code></td><td>${type}</td><td>${sure}</td><td>${prose(said)}</td></tr>`,
  )}</tbody></table>`
