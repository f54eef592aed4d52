/** The steps to the first message, in order, each leading to where it is done. Gone once all of them are. */
import { Paper, ThemeIcon } from '@mantine/core'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Overview, SetUpStep } from '#domain/overview/overview.ts'
import { thirdPartyConfiguration } from '../links.ts'
import { Icon } from '../ui/line-icon.tsx'

const steps: SetUpStep[] = ['account', 'template', 'app', 'key', 'message']

/** `firstApp` is the key of an App, where there is one: its page makes keys and shows what it sends. */
type Props = { done: Overview['done']; firstApp: string | undefined }

export function Checklist({ done, firstApp }: Props) {
  const t = useTranslations('Overview')
  if (steps.every((step) => done[step])) return null
  const ofApp = firstApp ? `/apps/${firstApp}#keys` : '/apps'
  const places: Record<SetUpStep, string> = {
    account: thirdPartyConfiguration,
    template: thirdPartyConfiguration,
    app: '/apps',
    key: ofApp,
    message: '/messages',
  }
  const next = steps.find((step) => !done[step])
  return (
    <section className="section" aria-labelledby="set-up">
      <h2 id="set-up">{t('setUp')}</h2>
      <Paper component="ol" withBorder className="lines">
        {steps.map((step, index) => (
          <li key={step} aria-current={step === next ? 'step' : undefined}>
            <ThemeIcon
              variant={step === next ? 'filled' : 'light'}
              radius="xl"
              size={22}
              color={done[step] ? 'green' : step === next ? 'vermilion' : 'gray'}
            >
              {done[step] ? <Icon name="check" /> : index + 1}
            </ThemeIcon>
            <div className="line-words">
              {done[step] ? (
                <span className="muted">
                  {t(`step_${step}`)} <span className="unseen">{t('stepDone')}</span>
                </span>
              ) : (
                <Link href={places[step]} prefetch={false}>
                  {t(`step_${step}`)}
                </Link>
              )}
              {step === next && <p className="muted">{t(`step_${step}Help`)}</p>}
            </div>
          </li>
        ))}
      </Paper>
    </section>
  )
}
