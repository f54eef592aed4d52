'use client'
import { TemplateOf } from '../../../account-template/template-of.tsx'
import type { PageProps } from '../../../account-template/use-editing.ts'
import { SmsEditing } from './sms-editing.tsx'

export const SmsTemplate = (props: PageProps) => <TemplateOf {...props} of={SmsEditing} />
