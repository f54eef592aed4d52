/** What an email template stores. */
import { z } from 'zod'
import type { ContentCode } from '../problems.ts'
import { stripLineBreaks } from '../render.ts'
import { Text } from '../text.ts'
import { largestHtml } from './limits.ts'

const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => stripLineBreaks(value) === value, { error: 'one_line' satisfies ContentCode })
const optional = <T extends z.ZodType<string>>(schema: T) =>
  schema.optional().transform((value) => (value?.trim() ? value : undefined))

export const EmailContent = z.strictObject({
  subject: oneLine(998).refine((subject) => subject !== '', { error: 'required' satisfies ContentCode }),
  html: Text(largestHtml).min(1),
  /** Written by hand; generated from the HTML when absent. */
  text: optional(Text(largestHtml)),
  /** In place of the account's from name. */
  fromName: optional(oneLine(200)),
})
export type EmailContent = z.infer<typeof EmailContent>
