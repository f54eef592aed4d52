/** What one has to know before the single calls: the first message, keys, repeats, errors. */

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Reference } from '#api/v1/reference.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CallSamples, Chapter, Sample } from './parts.tsx'
import { json } from './samples.ts'
import { Webhooks } from './webhooks.tsx'

export const guides = ['start', 'keys', 'codes', 'webhooks', 'repeats', 'errors', 'limits'] as const

const firstCall = {
  verb: 'POST',
  path: '/api/v1/messages',
  body: { channel: 'email', scenario: 'login', to: 'delivered@example.com', variables: { code: '493817' } },
}
const ownCode = {
  verb: 'POST',
  path: '/api/v1/verifications',
  body: { channel: 'sms', scenario: 'login', to: '+8613800138000', client_ip: '203.0.113.7' },
}
const problem = {
  type: '/docs#template_not_usable',
  title: 'The template cannot be used',
  status: 422,
  code: 'template_not_usable',
  detail: 'The template of login cannot be used: signature_rejected.',
  reason: 'signature_rejected',
  request_id: '6e0a2f5c-8c1b-4a53-9f55-3b1f8a0e7d21',
}

export function Guides({ reference: { url, testEndings } }: { reference: Reference }) {
  const t = useTranslations('Docs')
  const paragraph = (key: Parameters<typeof t.rich>[0]) => (
    <p>
      {t.rich(key, {
        c: (text) => <code>{text}</code>,
        apps: (text) => <Link href="/apps">{text}</Link>,
        log: (text) => <Link href="/messages">{text}</Link>,
        codes: (text) => <a href="#problems">{text}</a>,
      })}
    </p>
  )
  return (
    <>
      <Chapter id="start" title={t('start')}>
        {paragraph('startKey')}
        {paragraph('startSend')}
        <CallSamples url={url} call={firstCall} />
        {paragraph('startLook')}
        <p className="row">
          {t('base')} <code>{url}</code> <CopyButton value={url} what={t('base')} />
        </p>
        <p>
          <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1)
        </p>
      </Chapter>
      <Chapter id="keys" title={t('keys')}>
        {paragraph('keysKinds')}
        {paragraph('keysEndings')}
        <div className="list">
          <table aria-label={t('endings')}>
            <thead>
              <tr>
                <th scope="col">{t('endsAs')}</th>
                <th scope="col">{t('mailAddress')}</th>
                <th scope="col">{t('phoneEnding')}</th>
                <th scope="col">{t('openidEnding')}</th>
              </tr>
            </thead>
            <tbody>
              {testEndings.map(([ending, digits]) => (
                <tr key={ending}>
                  <th scope="row">
                    <code>{ending}</code>
                  </th>
                  <td data-label={t('mailAddress')}>
                    <code>{ending}@example.com</code>
                  </td>
                  <td data-label={t('phoneEnding')}>
                    <code>{digits}</code>
                  </td>
                  <td data-label={t('openidEnding')}>
                    <code>{ending}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Chapter>
      <Chapter id="codes" title={t('codes')}>
        {paragraph('codesWhy')}
        <CallSamples url={url} call={ownCode} />
        {paragraph('codesCheck')}
        {paragraph('codesGuard')}
      </Chapter>
      <Webhooks />
      <Chapter id="repeats" title={t('repeats')}>
        {paragraph('repeatsHow')}
        {paragraph('repeatsWhen')}
      </Chapter>
      <Chapter id="errors" title={t('errors')}>
        {paragraph('errorsForm')}
        <Sample title="application/problem+json" code={json(problem)} />
        {paragraph('errorsRetry')}
      </Chapter>
      <Chapter id="limits" title={t('limits')}>
        {paragraph('limitsBody')}
      </Chapter>
    </>
  )
}
