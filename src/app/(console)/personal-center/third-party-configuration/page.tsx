/** Third-party Configuration opens at its first channel. */
import { redirect } from 'next/navigation'
import { channelTabs, thirdPartyConfiguration } from '#console/links.ts'

export default function ThirdPartyPage() {
  redirect(`${thirdPartyConfiguration}/${channelTabs[0].slug}`)
}
