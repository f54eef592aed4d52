/** How a webhook stands, as a badge. */
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'

export type Endpoint = inferRouterOutputs<AppRouter>['webhooks']['list'][number]

const tones: Record<Endpoint['state'], Tone> = { on: 'green', failing: 'red', off: 'grey', gone: 'amber' }

export const isOn = ({ state }: Pick<Endpoint, 'state'>): boolean => state === 'on' || state === 'failing'

export function EndpointState({ state }: Pick<Endpoint, 'state'>) {
  const t = useTranslations('Webhooks')
  return <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>
}
