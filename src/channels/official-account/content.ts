/** What a push rule stores of a template, and of the card that it makes. */
import { z } from 'zod'
import type { ContentCode } from '../problems.ts'
import { isStorable } from '../storable.ts'
import { Text, Trimmed } from '../text.ts'
import { oneLine } from './fields.ts'

/** Of official accounts and of mini programs. */
export const appIdForm = /^wx[0-9a-f]{16}$/

const mostValues = 50

const MiniProgram = z.strictObject({
  kind: z.literal('mini_program'),
  /** One that is linked to the official account. */
  appId: z
    .string()
    .trim()
    .regex(appIdForm, { error: 'invalid_app_id' satisfies ContentCode }),
  /** With `${variables}`; empty: its first page. */
  pagePath: Trimmed(1024).default(''),
})

export const OfficialAccountContent = z.strictObject({
  templateId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{10,64}$/, { error: 'invalid_template_id' satisfies ContentCode }),
  title: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((title) => oneLine(title) === title, { error: 'one_line' satisfies ContentCode })
    .refine(isStorable),
  /** As WeChat has it, with `{{key.DATA}}` where a value goes. */
  templateText: Text(2000).min(1),
  /** By the keys of the template: text with `${variables}` of the event. */
  values: z
    .record(z.string().regex(/^[A-Za-z0-9_]{1,64}$/), Text(500))
    .refine((values) => Object.keys(values).length <= mostValues, {
      error: 'too_many_variables' satisfies ContentCode,
    }),
  /** Where a tap on the card leads; in a URL values of variables are encoded. */
  jump: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('url'), url: Trimmed(1024).min(1) }),
      MiniProgram,
    ])
    .default({ kind: 'none' }),
})
export type OfficialAccountContent = z.infer<typeof OfficialAccountContent>
