/** What was or would be sent, with dots where its code stood. */
import { useTranslations } from 'next-intl'
import { HtmlFrame } from '../../../ui/html-frame.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import type { Message } from './message.ts'

type Mail = { subject: string; html: string; text: string }

const isMail = (content: unknown): content is Mail =>
  typeof content === 'object' && content !== null && 'html' in content && 'text' in content && 'subject' in content

type Props = { message: Message; content: unknown; nonce: string | undefined }

export function Content({ message, content, nonce }: Props) {
  const t = useTranslations('Message')
  return (
    <section className="section" aria-labelledby="content">
      <h2 id="content">{t('content')}</h2>
      {isMail(content) ? (
        <>
          <p className="subject">
            <span className="muted">{t('subject')}</span> {content.subject}
          </p>
          <Tabs
            label={t('content')}
            tabs={[
              {
                id: 'html',
                label: t('html'),
                content: <HtmlFrame html={content.html} title={t('content')} nonce={nonce} />,
              },
              { id: 'text', label: t('text'), content: <pre className="plain-text">{content.text}</pre> },
            ]}
          />
          {message.expiresAt && <p className="muted small">{t('codeNotKept')}</p>}
        </>
      ) : (
        <p className="muted small">{t(message.kind === 'test_send' ? 'contentOfTest' : 'contentGone')}</p>
      )}
    </section>
  )
}
