/**
 * What pages answer while the database is away: 503, when to come back, and words that say what to do.
 * Promises that an answer which has begun is left alone, and that any other failure stays what it is.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import en from '../../messages/en.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

const comeBackAfter = 5

const section = (language: string, { title, what, next }: typeof en.Outage) =>
  `<section lang="${language}"><h1>${title}</h1><p>${what}</p><p>${next}</p></section>`

/** In both languages, since whoever sees it may not be known, and loading itself again. */
const page = (nonce: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Signet</title><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${comeBackAfter}"><style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
main { max-width: 36rem; margin: 15vh auto 0; padding: 0 1.5rem }
section + section { margin-top: 2.5rem }
h1 { font-size: 1.25rem; margin: 0 0 .5rem }
p { margin: 0 0 .25rem }
</style></head><body><main>${section('en', en.Outage)}${section('zh-CN', zh.Outage)}</main></body></html>`

/**
 * Replaces what `pages` answers with 500 because the database was away.
 * @param hasFailedSince whether a statement has failed for want of a database since a moment of `performance.now()`
 */
export function withOutageAnswer(pages: Listener, hasFailedSince: (moment: number) => boolean): Listener {
  return (request, response) => {
    const began = performance.now()
    const own = new Set(response.getHeaderNames())
    const { writeHead, write, end } = response
    let isReplaced = false
    /** Answers in place of what would begin with this status; whether it did. */
    const replace = (status: number): boolean => {
      if (response.headersSent || status !== 500 || !hasFailedSince(began)) return isReplaced
      isReplaced = true
      for (const name of response.getHeaderNames()) if (!own.has(name)) response.removeHeader(name)
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.setHeader('Cache-Control', 'no-store')
      response.setHeader('Retry-After', comeBackAfter)
      Reflect.apply(writeHead, response, [503])
      Reflect.apply(end, response, [page(String(request.headers['x-nonce']))])
      return true
    }
    response.writeHead = (...args: unknown[]) =>
      replace(Number(args[0])) ? response : Reflect.apply(writeHead, response, args)
    response.write = (...args: unknown[]) =>
      replace(response.statusCode) ? true : Reflect.apply(write, response, args)
    response.end = (...args: unknown[]) =>
      replace(response.statusCode) ? response : Reflect.apply(end, response, args)
    return pages(request, response)
  }
}
