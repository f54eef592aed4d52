/** What the worker is compared with: a loop over one nodemailer pool that fills in the same HTML for every mail. */
import { createTransport } from 'nodemailer'
import { answerQuestions } from './child.ts'

type Work = { port: number; count: number; html: string; subject: string; text?: string }

const connections = 10
/** As many again stand ready, so that no connection waits for the loop. */
const inFlight = 2 * connections

async function send({ port, count, html, subject, text }: Work): Promise<void> {
  const pool = createTransport({
    pool: true,
    maxConnections: connections,
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    auth: { user: 'signet@example.com', pass: 'password' },
  })
  let next = 0
  const one = async () => {
    while (next < count) {
      const number = next++
      const to = `u${number}@example.com`
      const values: Record<string, string> = {
        code: String(100_000 + (number % 900_000)),
        account: to,
        app_name: 'Shop',
        expires_in_minutes: '10',
      }
      const fill = (source: string) => source.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
      const mail = { from: 'signet@example.com', to, subject: fill(subject), html: fill(html) }
      await pool.sendMail(text ? { ...mail, text: fill(text) } : mail)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
  pool.close()
}

answerQuestions({ send })
