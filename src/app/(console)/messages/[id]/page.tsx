/** One message: what happened, the facts, its content without the code, and what to do when it failed. */
import '#console/messages/message/message.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Content } from '#console/messages/message/content.tsx'
import { Facts } from '#console/messages/message/facts.tsx'
import { MessageHead } from '#console/messages/message/message-head.tsx'
import { NextStep } from '#console/messages/message/next-step.tsx'
import { TimeLine } from '#console/messages/message/time-line.tsx'
import { isFinal } from '#console/messages/status.ts'
import { scenarioNames } from '#console/scenario-name.ts'
import { Follow } from '#console/shell/follow.tsx'
import { caller, found } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Message'))('title') }
}

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export default async function MessagePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!idForm.test(id)) notFound()
  const message = await found(caller().messages.get({ id }))
  const [content, scenarios, locale] = await Promise.all([
    caller().messages.content({ id }),
    caller().templates.scenarios(),
    getLocale(),
  ])
  const scenario = scenarioNames(scenarios, locale)(message.scenario)
  return (
    <Words of={['Message', 'Problem', 'Error', 'Reason']}>
      <MessageHead message={message} scenario={scenario} />
      <NextStep message={message} />
      <div className="message">
        <TimeLine message={message} />
        <div>
          <Facts message={message} scenario={scenario} />
          <Content message={message} content={content} />
        </div>
      </div>
      {!isFinal(message.status) && <Follow isUnderWay />}
    </Words>
  )
}
