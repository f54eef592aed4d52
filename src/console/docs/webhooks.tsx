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
    app: 'shop',
    id: '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59',
    test: false,
    channel: 'sms',
    scenario: 'login',
    to: '+86138••••0001',
    reference: 'order-17',
    status: 'delivered',
    attempt: 1,
    sequence: 4,
  },
}

const check = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(SIGNET_WEBHOOK_SECRET)

export async function POST(request: Request) {
  const body = await request.text()
  let told
  try {
    told = webhook.verify(body, Object.fromEntries(request.headers))
  } catch {
    return new Response(null, { status: 400 })
  }
  await enqueue(told)
  return new Response(null, { status: 204 })
}`

/** What `data` holds besides `app`, the App that is told. */
const fields: Record<string, string> = {
  message: 'id test channel scenario to reference status attempt sequence error_code',
  verification: 'id test scenario to status',
  account: 'id name channel provider code cause',
  template: 'id scenario channel override audience reason',
  push_rule: 'id name scenario reason',
}

export function Webhooks() {
  const t = useTranslations('Docs')
  const words = useTranslations('Webhooks')
  const paragraph = (key: Parameters<typeof t.rich>[0]) => (
    <p>
      {t.rich(key, {
        c: (text) => <code>{text}</code>,
        apps: (text) => <Link href="/apps">{text}</Link>,
        spec: (text) => (
          <a className="nowrap" href="https://www.standardwebhooks.com">
            {text}
          </a>
        ),
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
              <th scope="col">{t('eventFields')}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event}>
                <th scope="row">
                  <code>{event}</code>
                </th>
                <td data-label={t('meaning')}>{words(eventWords[event])}</td>
                <td data-label={t('eventFields')}>
                  <code>{fields[event.split('.')[0] ?? '']}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {paragraph('webhooksTrial')}
      {paragraph('webhooksCheck')}
      <Sample title="TypeScript" code={check} />
      {paragraph('webhooksAnswer')}
      {paragraph('webhooksOrder')}
    </Chapter>
  )
}
