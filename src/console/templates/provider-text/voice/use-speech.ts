'use client'
/** Reads a text aloud with the browser's own voice, where it has one: an idea of the call, not the provider's voice. */
import { useEffect, useState } from 'react'

type Manner = { volume: number; speed: number }

export function useSpeech() {
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
