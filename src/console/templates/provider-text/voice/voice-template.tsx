'use client'
import { TemplateOf } from '../template-of.tsx'
import type { PageProps } from '../use-editing.ts'
import { VoiceEditing } from './voice-editing.tsx'

export const VoiceTemplate = (props: PageProps) => <TemplateOf {...props} of={VoiceEditing} />
