/** The page of a webhook with what its address asks for; what makes no sense counts as not there. */

import { isCursor, type SearchParams, single } from '#console/ui/search-params.ts'
import type { DeliveryView } from '#domain/webhooks/deliveries.ts'

type CallState = DeliveryView['state']
/** Which of its calls are shown, and which page of them. */
export type CallFilter = { state?: CallState; cursor?: string }

export const callStates: readonly CallState[] = ['waiting', 'failed', 'delivered']

export function readCallFilter(params: SearchParams): CallFilter {
  const state = callStates.find((each) => each === single(params.state))
  const cursor = single(params.cursor)
  return { ...(state && { state }), ...(cursor && isCursor(cursor) && { cursor }) }
}

/** The webhooks of an App, on its page. */
export const webhooksPlace = (appKey: string): string => `/apps/${appKey}#webhooks`

export function webhookPlace(appKey: string, id: string, filter: CallFilter = {}): string {
  const query = new URLSearchParams(filter).toString()
  return `/apps/${appKey}/webhooks/${id}${query ? `?${query}` : ''}`
}

const longest = 100

/** An address as a name: an address may have two thousand characters. */
export const shortened = (url: string): string => (url.length > longest ? `${url.slice(0, longest - 1)}…` : url)
