'use client'
/** The call as it is spoken, by the function that fills what is sent, and read aloud where the browser can. */
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { fill } from '#channels/mapping.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { Button } from '#console/ui/button.tsx'
import type { ProviderText } from '../provider-text.tsx'

export function SpokenPreview({ text: { opened, content, samples } }: { text: ProviderText<VoiceContent> }) {
  const t = useTranslations('VoiceTemplate')
  const speech = useSpeech()
  const { templateText, mapping, playTimes, volume, speed } = content
  const { text } = fill(templateText.trim(), mapping, samples.values, opened.scenario.variables)
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

type Manner = { volume: number; speed: number }

/** Reads a text aloud with the browser's own voice, where it has one: an idea of the call, not the provider's voice. */
function useSpeech() {
  const [isAble, setAble] = useState(false)
  const [isSpeaking, setSpeaking] = useState(false)
  useEffect(() => {
    if (!('speechSynthesis' in window)) return
    setAble(true)
    return () => speechSynthesis.cancel()
  }, [])
  const stop = () => {
    speechSynthesis.cancel()
    setSpeaking(false)
  }
  const speak = (text: string, { volume, speed }: Manner) => {
    stop()
    const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
    const voice = speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(language))
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = voice?.lang ?? (language === 'zh' ? 'zh-CN' : 'en-US')
    if (voice) utterance.voice = voice
    utterance.volume = volume / 100
    // From half as fast to twice as fast, as the provider's scale has it at its ends.
    utterance.rate = 2 ** (speed / 500)
    utterance.onend = () => setSpeaking(false)
    utterance.onerror = () => setSpeaking(false)
    setSpeaking(true)
    speechSynthesis.speak(utterance)
  }
  return { isAble, isSpeaking, speak, stop }
}
