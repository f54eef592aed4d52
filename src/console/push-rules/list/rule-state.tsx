/**
 * How a push rule stands: in colour, shape and word, with the reason where it is not used or its messages wait, and what its
 * damping holds back.
 */
import type { inferRouterOutputs } from '@trpc/server'
import { useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { useDynamicWords } from '#console/ui/dynamic-words.ts'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'

export type RuleListed = inferRouterOutputs<AppRouter>['pushRules']['list']['rows'][number]

const tones: Record<RuleListed['state'], Tone> = { enabled: 'green', disabled: 'grey', invalid: 'red' }

export function RuleState({ rule }: { rule: RuleListed }) {
  const { state, invalidReason, account, dampingSeconds, heldBack } = rule
  const t = useTranslations('PushRules')
  const reasons = useDynamicWords('Reason')
  const isHeldUp = state === 'enabled' && account.failing
  const why = invalidReason ? reasons(invalidReason) : isHeldUp ? t('accountFailing') : undefined
  return (
    <>
      <StateBadge tone={isHeldUp ? 'amber' : tones[state]}>{t(`state_${state}`)}</StateBadge>
      {why && <span className="why">{why}</span>}
      {dampingSeconds > 0 && <span className="why">{t('damped', { minutes: dampingSeconds / 60 })}</span>}
      {heldBack > 0 && <span className="why">{t('heldBack', { count: heldBack })}</span>}
    </>
  )
}
