/** What is written as SQL, against a migrated database: it takes and gives what its columns in TypeScript say. */
import { is } from 'drizzle-orm'
import { PgColumn } from 'drizzle-orm/pg-core'
import pg from 'pg'
import type { statement } from '#db/statement.ts'
import { expect, test } from '../support/database.ts'
import { repositoryFiles } from '../support/source.ts'

type Statement = Pick<ReturnType<typeof statement>, 'sql' | 'takes' | 'gives'>

const inSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const isStatement = (exported: unknown): exported is Statement => typeof exported === 'function' && 'takes' in exported

async function allStatements(): Promise<[string, Statement][]> {
  const files = repositoryFiles().filter((file) => file.startsWith('src/db/statements/'))
  const modules = await Promise.all(files.map((file): Promise<object> => import(`../../${file}`)))
  return modules
    .flatMap((module) => Object.entries(module))
    .flatMap(([name, exported]) => [exported].flat().map((one): [string, unknown] => [name, one]))
    .filter((entry): entry is [string, Statement] => isStatement(entry[1]))
}

/** A value of each type; of rows none. */
const samples: Record<string, string> = {
  json: '[]',
  uuid: '00000000-0000-0000-0000-000000000000',
  'timestamp with time zone': '2026-01-01T00:00:00Z',
  boolean: 'true',
  integer: '1',
  text: '',
  'uuid[]': '{}',
  'integer[]': '{}',
}

/** What the database makes of a statement: the types of its parameters, and the names and types of its columns. */
async function described(client: pg.Client, { sql }: Statement, parameters: string[]) {
  await client.query('begin')
  try {
    await client.query(`prepare described as ${sql}`)
    const prepared = await client.query<{ types: string[] }>(
      `select parameter_types::text[] as types from pg_prepared_statements where name = 'described'`,
    )
    const { fields } = await client.query({ text: sql, values: parameters.map((type) => samples[type]) })
    const named = await client.query<{ type: string }>(
      'select format_type(oid, null) as type from unnest($1::oid[]) with ordinality as of(oid, at) order by at',
      [fields.map(({ dataTypeID }) => dataTypeID)],
    )
    const gives = fields.map(({ name }, index) => `${name} ${named.rows[index]?.type}`)
    return { takes: prepared.rows[0]?.types, gives }
  } finally {
    await client.query('rollback')
    await client.query('deallocate all')
  }
}

test('every statement takes and gives what its columns say', async ({ database }) => {
  const statements = await allStatements()
  expect(statements.length).toBeGreaterThan(20)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  for (const [name, one] of statements) {
    const takes = Object.values(one.takes).map((type) => (is(type, PgColumn) ? type.getSQLType() : 'json'))
    const gives = Object.entries(one.gives).map(([key, column]) => `${inSnakeCase(key)} ${column.getSQLType()}`)
    await expect.soft(described(client, one, takes), name).resolves.toEqual({ takes, gives })
  }
  await client.end()
})
