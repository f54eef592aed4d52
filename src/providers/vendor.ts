/** What a vendor is: a folder of `providers/` with all that it is made of, and one entry of the catalog. */
import { z } from 'zod'
import type { Provider } from '#channels/contract.ts'
import type { TokenStore } from '#channels/token-store.ts'

/** What a vendor gets of Signet when its providers are opened. */
export type VendorContext = {
  /** Where access tokens are kept that all processes share. */
  tokens: TokenStore
  /** Signet's own public address. */
  url: string
}

export type Vendor = {
  /** The environment variables that it reads, each with a description for whoever runs Signet. */
  settings: z.ZodObject
  /** Its providers, with connections of their own. `environment`: text by the names of `settings`. */
  open(environment: Record<string, unknown>, context: VendorContext): readonly Provider[]
}

/** A vendor of these settings; its providers may have any config. */
export const vendor = <Settings extends z.ZodObject>(of: {
  settings: Settings
  open(settings: z.output<Settings>, context: VendorContext): readonly unknown[]
}): Vendor => ({
  ...of,
  open: (environment, context) => of.open(of.settings.parse(environment), context) as readonly Provider[],
})

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https address, such as https://signet.example.com',
})

/** Entries with commas between them. */
export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)
