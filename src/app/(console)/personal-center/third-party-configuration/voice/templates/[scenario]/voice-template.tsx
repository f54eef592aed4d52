'use client'
import { TemplateOf } from '../../../account-template/template-of.tsx'
import type { PageProps } from '../../../account-template/use-editing.ts'
import { VoiceEditing } from './voice-editing.tsx'

export const VoiceTemplate = (props: PageProps) => <TemplateOf {...props} of={VoiceEditing} />
