/**
 * Traces for a collector of OpenTelemetry. Promises that its packages are loaded only where the settings name a collector, and that
 * one which is slow or away costs nobody but those who look for the traces. Nothing is registered globally: what libraries would
 * tell of themselves, such as Next of its pages, is not asked for.
 */
import { setTimeout as rest } from 'node:timers/promises'
import type { Span } from '@opentelemetry/api'
import type { Sampler } from '@opentelemetry/sdk-trace'
import type { Log } from '#domain/base/ctx.ts'
import type { Trace, TraceAttributes } from '#domain/base/trace.ts'
import type { Env } from './env.ts'

/** How long what was not handed over yet may take at the end of the process, in milliseconds. */
const lastWordsMs = 2000
const warnedAgainMs = 60_000

export type Tracing = {
  /** Where every trace begins. */
  trace: Trace
  close(): Promise<void>
}

type Sdk = typeof import('@opentelemetry/sdk-trace')

function samplerOf(sdk: Sdk, { sampler, ratio }: NonNullable<Env['tracing']>): Sampler {
  const roots = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: () => new sdk.TraceIdRatioBasedSampler(ratio),
  }
  const root = roots[sampler.replace('parentbased_', '') as keyof typeof roots]()
  return sampler.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root
}

/** As they are named in what is handed over: the one that everybody knows by its usual name. */
const namedAttributes = (attributes: TraceAttributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name === 'status' ? 'http.response.status_code' : `signet.${name}`,
      value,
    ]),
  )

/** Tells of a collector that does not take what it is handed, once a minute. */
function warner(log: Log): (error: unknown) => void {
  let warnedAt = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - warnedAt < warnedAgainMs) return
    warnedAt = performance.now()
    log.warn({ err: error }, 'traces could not be handed over')
  }
}

/**
 * What is not read here of the standard variables, the exporter and the resource read themselves.
 * @param name of the process, where the settings name no service
 */
export async function openTracing({ tracing }: Env, name: string, log: Log): Promise<Tracing | undefined> {
  if (!tracing) return undefined
  const [api, core, resources, sdk, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ])
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api
  const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT }
  const warn = warner(log)
  core.setGlobalErrorHandler(warn)
  const { envDetector, serviceInstanceIdDetector } = resources
  const provider = new sdk.TracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': name }))
      .merge(resources.detectResources({ detectors: [serviceInstanceIdDetector, envDetector] })),
    sampler: samplerOf(sdk, tracing),
    spanProcessors: [
      new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: tracing.delayMs }),
    ],
  })
  const tracer = provider.getTracer('signet')

  const placeOf = (span?: Span): Trace => {
    const own = span?.spanContext()
    return {
      traceparent: own && `00-${own.traceId}-${own.spanId}-0${own.traceFlags}`,
      note: (attributes) => void span?.setAttributes(namedAttributes(attributes)),
      fail(outcome) {
        span?.setAttributes({ 'signet.outcome': outcome, 'error.type': outcome })
        span?.setStatus({ code: SpanStatusCode.ERROR })
      },
      begin({ name: of, kind, parent, links = [], attributes = {} }) {
        const remote = parent ? core.parseTraceParent(parent) : null
        const from = parent === undefined ? own : remote && { ...remote, isRemote: true }
        const linked = links.flatMap((link) => (link && core.parseTraceParent(link)) || [])
        const options = {
          kind: kinds[kind],
          links: linked.map((context) => ({ context })),
          attributes: namedAttributes(attributes),
        }
        return placeOf(tracer.startSpan(of, options, from ? trace.setSpanContext(ROOT_CONTEXT, from) : ROOT_CONTEXT))
      },
      end: () => span?.end(),
    }
  }

  return {
    trace: placeOf(),
    async close() {
      await Promise.race([provider.shutdown().catch(warn), rest(lastWordsMs, undefined, { ref: false })])
    },
  }
}
