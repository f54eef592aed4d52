'use client'
/** The call as it is spoken, by the function that fills what is sent, and read aloud where the browser can. */
import { useTranslations } from 'next-intl'
import { fill } from '#channels/mapping.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { Button } from '#console/ui/button.tsx'
import type { Editing } from '../use-editing.ts'
import { useSpeech } from './use-speech.ts'

export function SpokenPreview({ editing }: { editing: Editing<VoiceContent> }) {
  const { edited, samples, scenario } = editing
  const t = useTranslations('VoiceTemplate')
  const speech = useSpeech()
  const { templateText, mapping, playTimes, volume, speed } = edited.content
  const { text } = fill(templateText.trim(), mapping, samples.values, scenario.variables)
  if (text === '') return <p className="muted small">{t('nothingToSay')}</p>
  return (
    <figure className="spoken">
      <blockquote dir="auto">{text}</blockquote>
      <figcaption className="row muted small">
        {speech.isAble && (
          <Button onClick={() => (speech.isSpeaking ? speech.stop() : speech.speak(text, { volume, speed }))}>
            {speech.isSpeaking ? t('stop') : t('play')}
          </Button>
        )}
        <span>{t('saidTimes', { count: playTimes })}</span>
      </figcaption>
    </figure>
  )
}
