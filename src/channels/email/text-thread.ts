/**
 * Makes plain text that takes long in a thread of its own, one after the other, so that neither pages nor other messages wait
 * for it. The text is the same as without a thread; one that takes longer than `limit` becomes what stands between the tags.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Parsed } from '../render.ts'
import { generatedText, roughText, workFor } from './text.ts'

type Task = { html: string; declared: readonly string[] }

/** With less work than this (some fifty milliseconds) a thread costs more than it saves. */
const littleWork = 50_000
/** In milliseconds. The most work there may be takes five seconds on a slow machine. */
const limit = 20_000

const isThread = !isMainThread && workerData?.isEmailText === true
if (isThread) {
  const { html, declared } = workerData as Task
  parentPort?.postMessage(generatedText(html, declared))
}

const underWay = new Map<string, Promise<void>>()
let last: Promise<unknown> = Promise.resolve()

function inThread({ html, declared }: Task): Promise<Parsed> {
  return new Promise((done, fail) => {
    const thread = new Worker(new URL(import.meta.url), {
      workerData: { isEmailText: true, html, declared },
      execArgv: [],
    })
    const timer = setTimeout(() => {
      done(roughText(html, declared))
      thread.terminate()
    }, limit)
    thread.once('message', done)
    thread.once('error', fail)
    thread.once('exit', () => {
      clearTimeout(timer)
      fail(new Error('The thread for plain text ended without one.'))
    })
  })
}

/** Makes the plain text of a template ahead of `renderText`, which then only looks it up. Does nothing where that is quick. */
export async function prepareText(
  { html, text }: { html: string; text?: string | undefined },
  declared: readonly string[],
): Promise<void> {
  if (text !== undefined || generatedText.isKept(html, declared) || workFor(html) <= littleWork) return
  const key = `${declared.join(' ')} ${html}`
  const running = underWay.get(key)
  if (running) return running
  const made = last.then(async () => {
    generatedText.keep(html, declared, await inThread({ html, declared }))
  })
  last = made.catch(() => undefined)
  underWay.set(key, made)
  return made.finally(() => underWay.delete(key))
}
