/** The picture of a channel, by how a message of it reaches somebody. */
import { IconMail, IconMessage, IconMessages, IconPhone } from '@tabler/icons-react'
import { type ChannelTraits, traitsOf } from '#channels/traits.ts'

const byAddress: Record<ChannelTraits['address'], typeof IconMail> = {
  phone: IconMessage,
  email: IconMail,
  openid: IconMessages,
}

export function ChannelIcon({ channel }: { channel: string }) {
  const traits = traitsOf(channel)
  if (!traits) return null
  const Drawing = traits.trial === 'call' ? IconPhone : byAddress[traits.address]
  return <Drawing className="icon" size={18} stroke={1.6} aria-hidden="true" />
}
