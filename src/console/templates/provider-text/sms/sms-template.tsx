'use client'
import { TemplateOf } from '../template-of.tsx'
import type { PageProps } from '../use-editing.ts'
import { SmsEditing } from './sms-editing.tsx'

export const SmsTemplate = (props: PageProps) => <TemplateOf {...props} of={SmsEditing} />
