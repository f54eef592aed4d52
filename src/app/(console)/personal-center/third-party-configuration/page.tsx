/** Third-party Configuration opens at its first channel. */
import { redirect } from 'next/navigation'
import { channelIds } from '#channels/traits.ts'
import { channelPlace } from '#console/links.ts'

export default function ThirdPartyPage() {
  redirect(channelPlace(channelIds[0]) ?? '/')
}
