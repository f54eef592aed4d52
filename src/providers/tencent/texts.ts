/** What Tencent Cloud's texts look like: ids, places, and what it lets no value hold. Plain data. */
import type { Texts } from '#channels/texts.ts'

/** How long a value may be depends on the account, and the service refuses one that is too long. */
export const texts: Texts = {
  kind: 'approved',
  placeholder: ['{', '}'],
  messageIdName: 'SerialNo',
  templateId: { form: String.raw`\d{1,20}`, begins: '', code: 'tencent_template_id' },
  longestText: 500,
  values: {
    refused: [
      {
        form: String.raw`https?:|www\.|\b[a-z0-9-]{1,63}\.(?:com|cn|net|org|io|cc|top|xyz|me|info|app|dev)\b`,
        code: 'tencent_constant_with_address',
      },
      { form: '[【】]', code: 'tencent_constant_with_brackets' },
    ],
  },
}
