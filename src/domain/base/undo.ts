/**
 * A deletion's own undo: the rows that were deleted, sealed, in the hands of whoever deleted them and nowhere else. Promises that what is
 * handed back is what was deleted here, in the same organization, to the letter.
 */
import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { organizationOf } from './access.ts'
import type { Ctx } from './ctx.ts'
import { invalid } from './errors.ts'

/** It has to fit into a call of the console. */
const longest = 2_000_000
/** Sealed and in base64 twice. */
export const Undo = z.strictObject({ undo: Text(4_000_000) })

type Kind = 'template' | 'push_rule'
const placeOf = (ctx: Ctx, kind: Kind) => `undo:${organizationOf(ctx)}:${kind}`

/** Null where the rows are too large to be handed out. */
export function undoOf(ctx: Ctx, kind: Kind, rows: object): string | null {
  const bytes = serialize(rows)
  return bytes.length > longest ? null : ctx.secrets.seal(bytes.toString('base64'), placeOf(ctx, kind))
}

/** The rows, as `undoOf` was given them: the seal vouches for their type. @throws DomainError `invalid_request` */
export function undone<Rows extends object>(ctx: Ctx, kind: Kind, undo: string): Rows {
  try {
    return deserialize(Buffer.from(ctx.secrets.open(undo, placeOf(ctx, kind)), 'base64')) as Rows
  } catch {
    throw invalid({ path: 'undo', code: 'invalid_value' })
  }
}
