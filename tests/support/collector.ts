/** A collector of OpenTelemetry, as far as specs need one: it takes spans by OTLP over HTTP, as JSON. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Attribute = { key: string; value: Record<string, string | number> }
type Wire = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: Attribute[]
  links?: { traceId: string; spanId: string }[]
  status?: { code?: number }
}
type Request = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Wire[] }[] }[]
}

/** `isFailed`: it ended in a way that somebody may want to look for. */
export type CollectedSpan = Omit<Wire, 'attributes' | 'status'> & {
  service: string
  attributes: Record<string, string | number>
  isFailed: boolean
}

const valuesOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] ?? '']))

function spansOf({ resourceSpans }: Request): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name'])
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ attributes, status, ...span }) => ({
        ...span,
        ...{ service, attributes: valuesOf(attributes), isFailed: status?.code === 2 },
      }))
  })
}

/** @param answers whether it answers at all */
export async function startCollector({ answers = true } = {}) {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString())
      if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const spans = () => bodies.flatMap((body) => spansOf(JSON.parse(body)))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What it was handed, as it came. */
    bodies,
    spans,
    ofTrace: (traceId: string) => spans().filter((span) => span.traceId === traceId),
    stop() {
      server.closeAllConnections()
      return new Promise((stopped) => server.close(stopped))
    },
  }
}
