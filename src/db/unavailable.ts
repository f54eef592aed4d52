/** What it means that the database does not answer, apart from all that it answers. */
import pg from 'pg'

/** The database, or the way to it, is not there. Whether the statement took effect is not known; a later one may succeed. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}

/**
 * Conditions of the server, not of a statement: connection exceptions, a server that stops, starts, recovers or has been
 * demoted, no connection or memory left, statements that ran out of time (Postgres, appendix A).
 */
const passing = /^(08|53|57P|57014|58|25006|25P0[345])/

/** Whether an error stands for a database that is not there, however it was wrapped. */
export function isUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof DatabaseUnavailable || (at instanceof pg.DatabaseError && passing.test(at.code ?? '')))
      return true
  }
  return false
}
