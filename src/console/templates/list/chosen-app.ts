/** Which App a page is about, from its address: `?app=shop`; without one the default. */
import { notFound } from 'next/navigation'

export type AppName = { id: string; key: string; name: string }

/** The App that the address names, or null. An App that is not there is a page that is not there. */
export function chosenApp(apps: readonly AppName[], asked: string | string[] | undefined): AppName | null {
  if (!asked) return null
  return apps.find(({ key }) => key === asked) ?? notFound()
}
