/** What a refused call was about and why, in words. Works in server and client components alike. */
import { useTranslations } from 'next-intl'
import { useDynamicWords } from '../ui/dynamic-words.ts'

type Refused = { channel: string; scenario: string; code: string; reason: string }

/** @param nameOf the name of a scenario in the reader's language */
export function useRefusalWords(nameOf: (scenario: string) => string) {
  const t = useTranslations('Refused')
  const codes = useDynamicWords('Refused')
  const reasons = useDynamicWords('Reason')
  const channels = useDynamicWords('Shell')
  return {
    about: ({ channel, scenario }: Refused) =>
      [channel && channels(`channel_${channel}`), scenario && nameOf(scenario)].filter(Boolean).join(' · ') ||
      t('call'),
    why: ({ code, reason }: Refused) => {
      const more = code === 'template_not_usable' ? reasons.find(reason) : undefined
      const what = codes(`code_${code}`)
      return more ? t('because', { what, why: more }) : what
    },
  }
}
