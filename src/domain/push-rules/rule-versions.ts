/** The versions of push rules. Promises that what a version said is known as long as there may be messages by it. */
import type { Tx } from '#db/database.ts'
import { pushRuleVersion } from '#db/schema/index.ts'

/** To be called in the transaction that makes the version. */
export async function keepVersion(tx: Tx, version: typeof pushRuleVersion.$inferInsert): Promise<void> {
  await tx.insert(pushRuleVersion).values(version)
}
