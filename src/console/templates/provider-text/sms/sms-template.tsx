'use client'
import { TemplateOf } from '../template-of.tsx'
import type { PageProps } from '../use-editing.ts'
import { SmsEditing } from './sms-editing.tsx'
import { WrittenEditing } from './written-editing.tsx'

/** Which form it has says the account's provider: it keeps texts, or sends what is written here. */
export const SmsTemplate = (props: PageProps) => (
  <TemplateOf {...props} of={props.about.texts.kind === 'written' ? WrittenEditing : SmsEditing} />
)
