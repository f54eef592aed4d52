/** How an App is told what became of its messages: the call, how its signature is checked, and how it is answered. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { events, eventWords } from '../apps/webhooks/events.ts'
import { Chapter, Sample } from './parts.tsx'
import { json } from './samples.ts'

const told = {
  type: 'message.delivered',
  timestamp: '2026-11-30T16:44:48.768Z',
  data: {
    sequence: 17,
    app: 'shop',
    id: '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59',
    test: false,
    channel: 'sms',
    scenario: 'login',
    to: '+86138••••0001',
    reference: 'order-17',
    status: 'delivered',
    attempt: 1,
  },
}

const check = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(SIGNET_WEBHOOK_SECRET)

export async function POST(request: Request) {
  const body = await request.text()
  try {
    const { type, data } = webhook.verify(body, Object.fromEntries(request.headers))
    await enqueue(type, data)
    return new Response(null, { status: 204 })
  } catch {
    return new Response(null, { status: 400 })
  }
}`

export function Webhooks() {
  const t = useTranslations('Docs')
  const words = useTranslations('Webhooks')
  const paragraph = (key: 'webhooksWhat' | 'webhooksBody' | 'webhooksCheck' | 'webhooksAnswer' | 'webhooksOrder') => (
    <p>
      {t.rich(key, {
        c: (text) => <code>{text}</code>,
        apps: (text) => <Link href="/apps">{text}</Link>,
        spec: (text) => <a href="https://www.standardwebhooks.com">{text}</a>,
      })}
    </p>
  )
  return (
    <Chapter id="webhooks" title={t('webhooks')}>
      {paragraph('webhooksWhat')}
      {paragraph('webhooksBody')}
      <Sample title="POST application/json" code={json(told)} />
      <h3>{t('webhookEvents')}</h3>
      <div className="list">
        <table aria-label={t('webhookEvents')}>
          <thead>
            <tr>
              <th scope="col">{t('event')}</th>
              <th scope="col">{t('meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event}>
                <th scope="row">
                  <code>{event}</code>
                </th>
                <td data-label={t('meaning')}>{words(eventWords[event])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {paragraph('webhooksCheck')}
      <Sample title="TypeScript" code={check} />
      {paragraph('webhooksAnswer')}
      {paragraph('webhooksOrder')}
    </Chapter>
  )
}
