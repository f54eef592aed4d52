/** Makes sure that the ports are free before anything is started. */
import { connect, createServer } from 'node:net'
import { codeOf, Refusal } from '../steps/refusal.ts'

export type PortWish = { port: number; host: string; purpose: string; setting: string }

/** Undefined when we can listen there, else the system's code of the reason. */
function tryListening(port: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.on('error', (error) => done(codeOf(error)))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(undefined)))
  })
}

/** Whether somebody answers: some systems let two programs listen on one port, on different addresses. */
function isAnswered(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = connect({ port, host, timeout: 500 })
    const end = (answered: boolean) => () => {
      probe.destroy()
      done(answered)
    }
    probe.on('connect', end(true))
    probe.on('error', end(false))
    probe.on('timeout', end(false))
  })
}

async function refusalOf({ port, host, purpose, setting }: PortWish): Promise<string | undefined> {
  const answers = await Promise.all([isAnswered(port, '127.0.0.1'), isAnswered(port, '::1')])
  const code = answers.includes(true) ? 'EADDRINUSE' : await tryListening(port, host)
  if (!code) return undefined
  const change = `; set ${setting} to use another one`
  if (code === 'EADDRINUSE') return `Port ${port}, wanted for ${purpose}, is in use by another program${change}.`
  if (code === 'EACCES') return `Port ${port}, wanted for ${purpose}, may not be used by this user${change}.`
  return `Port ${port} on ${host}, wanted for ${purpose}, cannot be listened on (${code})${change}.`
}

/** @throws Refusal with a sentence per port that cannot be had */
export async function checkPorts(wishes: PortWish[]): Promise<void> {
  for (const [index, wish] of wishes.entries()) {
    const rival = wishes.slice(0, index).find(({ port }) => port === wish.port)
    if (rival) {
      throw new Refusal(
        `Port ${wish.port} is wanted for both ${rival.purpose} and ${wish.purpose}; change ${rival.setting} or ${wish.setting}.`,
      )
    }
  }
  const refusals = await Promise.all(wishes.map(refusalOf))
  const sentences = refusals.filter((sentence) => sentence !== undefined)
  if (sentences.length > 0) throw new Refusal(sentences.join('\n'))
}
