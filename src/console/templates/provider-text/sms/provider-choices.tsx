'use client'
/** The signatures and templates that an account has at its provider, as it says now, to choose from: how each stands, and why it cannot be chosen. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { isTemplateFor, type ProviderTemplate, type ReviewState, type Signature } from '#channels/answers.ts'
import type { NamedFault } from '#channels/problems.ts'
import type { SmsAudience } from '#channels/sms/text.ts'
import { Field, LookingUp } from '#console/editing/field.tsx'
import type { FieldProblems } from '#console/editing/problems.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { type SearchOption, SearchSelect } from '#console/ui/search-select.tsx'
import { StateBadge, type Tone } from '#console/ui/state-badge.tsx'

const channel = 'sms'

/** One question for the whole page, whatever is chosen; the last answer stays while it is asked again. */
export function useLists(accountId: string) {
  const trpc = useTRPC()
  const { data, error, isFetching, refetch } = useQuery(
    trpc.templates.providerLists.queryOptions({ channel, accountId }, { refetchOnWindowFocus: false }),
  )
  return {
    lists: data,
    /** Of the last question, while there is no answer to it. */
    error: isFetching ? null : error,
    askAgain: () => void refetch(),
  }
}

type Named = { signature: string; templateCode: string }

/** What the lists do not tell of the chosen ones: each is asked for by itself, once. What cannot be had is left out. */
export function useDetails(accountId: string, { signature, templateCode }: Named) {
  const trpc = useTRPC()
  const details = (about: { signature: string } | { template: string }, isChosen: boolean) => ({
    ...trpc.templates.providerDetails.queryOptions({ channel, accountId, about }),
    enabled: isChosen,
    refetchOnWindowFocus: false,
  })
  const ofSignature = useQuery(details({ signature }, signature !== ''))
  const ofTemplate = useQuery(details({ template: templateCode }, templateCode !== ''))
  return { carriers: ofSignature.data?.carriers ?? [], rules: ofTemplate.data?.rules ?? {} }
}

/** Why something cannot be used: a key of `Problem.*`, with the provider's own reason. */
type Obstacle = { code: NamedFault; params?: { detail: string } }

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

type Say = (obstacle: Obstacle) => string

export function useSignatureOptions(listed: readonly Signature[] | undefined, say: Say): SearchOption[] | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the page only
  return useMemo(
    () =>
      listed?.map((signature) => {
        const { name, state } = signature
        const against = signatureObstacle(signature)
        return { value: name, label: name, aside: <ApprovalBadge state={state} />, refused: against && say(against) }
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
              <ApprovalBadge state={state} />
            </span>
          ),
        }
      }),
    [listed, audience],
  )
}

const tones: Record<ReviewState, Tone> = {
  approved: 'green',
  in_review: 'amber',
  rejected: 'red',
  cancelled: 'grey',
  unknown: 'grey',
}

function ApprovalBadge({ state }: { state: ReviewState }) {
  const t = useTranslations('SmsTemplate')
  return <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>
}

type Props = {
  label: string
  placeholder: string
  /** Undefined while they are looked up. */
  options: SearchOption[] | undefined
  value: string
  /** How the chosen one stands, once that is known. */
  state: ReviewState | undefined
  /** What speaks against it now, in words. */
  obstacle: string | undefined
  problems: FieldProblems
  /** What is worth knowing about the chosen one. */
  remarks: readonly string[]
  isReadOnly: boolean
  onChoose: (value: string) => void
  children?: ReactNode
}

/** A box to choose a signature or a template from, and under it how the chosen one stands with the provider now. */
export function ChoiceField(props: Props) {
  const { label, options, value, state, obstacle, problems, remarks, isReadOnly, onChoose, children } = props
  const t = useTranslations('SmsTemplate')
  const error = problems.error && (value === '' ? t('chooseOne') : problems.error)
  const hints = [...(obstacle && !error ? [obstacle] : []), ...remarks, ...problems.hints]
  return (
    <div className="stack-tight">
      <Field
        label={label}
        help={options === undefined ? <LookingUp /> : state && <ApprovalBadge state={state} />}
        problems={error ? { error, hints } : { hints }}
      >
        {(input) => (
          <SearchSelect
            label={label}
            input={input}
            options={options}
            value={value}
            shown={value}
            placeholder={props.placeholder}
            isReadOnly={isReadOnly}
            onChoose={onChoose}
          />
        )}
      </Field>
      {children}
    </div>
  )
}
