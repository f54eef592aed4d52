'use client'
/** What an account has at its provider as something to choose from: how it stands, and why it cannot be chosen. */
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { isTemplateFor, type ProviderTemplate, type ReviewState, type Signature } from '#channels/answers.ts'
import type { NamedFault } from '#channels/problems.ts'
import type { SmsAudience } from '#channels/sms/text.ts'
import type { SearchOption } from '#console/ui/search-select.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'

/** Why something cannot be used: a key of `Problem.*`, with the provider's own reason. */
export type Obstacle = { code: NamedFault; params?: { detail: string } }

const obstacle = (code: NamedFault, detail = ''): Obstacle => ({ code, ...(detail ? { params: { detail } } : {}) })

export function signatureObstacle(signature: Signature | undefined): Obstacle | undefined {
  if (!signature) return obstacle('signature_gone')
  return signature.state === 'approved' ? undefined : obstacle(`signature_${signature.state}`, signature.reason)
}

/** Templates for mainland China and for elsewhere are approved apart. */
export function templateObstacle(template: ProviderTemplate | undefined, audience: SmsAudience): Obstacle | undefined {
  if (!template) return obstacle('template_gone')
  if (!isTemplateFor(template, audience)) return obstacle('template_for_others')
  return template.state === 'approved' ? undefined : obstacle(`template_${template.state}`, template.reason)
}

const tones: Record<ReviewState, Tone> = {
  approved: 'green',
  in_review: 'amber',
  rejected: 'red',
  cancelled: 'grey',
  unknown: 'grey',
}

export function ProviderState({ state }: { state: ReviewState }) {
  const t = useTranslations('SmsTemplate')
  return <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>
}

type Say = (obstacle: Obstacle) => string

export function useSignatureOptions(listed: readonly Signature[] | undefined, say: Say): SearchOption[] | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the page only
  return useMemo(
    () =>
      listed?.map((signature) => {
        const { name, state } = signature
        const against = signatureObstacle(signature)
        return { value: name, label: name, aside: <ProviderState state={state} />, refused: against && say(against) }
      }),
    [listed],
  )
}

export function useTemplateOptions(
  listed: readonly ProviderTemplate[] | undefined,
  audience: SmsAudience,
  say: Say,
): SearchOption[] | undefined {
  const t = useTranslations('SmsTemplate')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the page only
  return useMemo(
    () =>
      listed?.map((template) => {
        const { code, name, text, state, type } = template
        const against = templateObstacle(template, audience)
        return {
          ...{ value: code, label: `${code} · ${name}`, text, refused: against && say(against) },
          aside: (
            <span className="template-kinds">
              <span className="muted small">{t(`type_${type}`)}</span>
              <ProviderState state={state} />
            </span>
          ),
        }
      }),
    [listed, audience],
  )
}
