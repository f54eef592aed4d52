/** One message: what happened, the facts, its content without the code, and what to do when it failed. */
import '#console/messages/message/message.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Content } from '#console/messages/message/content.tsx'
import { MessageFacts } from '#console/messages/message/facts.tsx'
import { loadMessage } from '#console/messages/message/load-message.ts'
import { MessageHead } from '#console/messages/message/message-head.tsx'
import { NextStep } from '#console/messages/message/next-step.tsx'
import { TimeLine } from '#console/messages/message/time-line.tsx'
import { Follow } from '#console/shell/follow.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Message'))('title') }
}

export default async function MessagePage({ params }: { params: Promise<{ id: string }> }) {
  const { message, content, scenario } = await loadMessage(params)
  return (
    <Words of={['Message', 'Problem', 'Error', 'Reason']}>
      <MessageHead message={message} scenario={scenario} />
      <NextStep message={message} />
      <div className="message">
        <TimeLine message={message} />
        <div>
          <MessageFacts message={message} scenario={scenario} />
          <Content message={message} content={content} />
        </div>
      </div>
      {message.isUnderWay && <Follow isUnderWay />}
    </Words>
  )
}
