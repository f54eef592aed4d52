/**
 * The role that everything of ours signs in to the embedded database as: it owns what is in the database, and that is all.
 * What a superuser is told to do can read and write files and run programs of this machine.
 */
import postgres from 'postgres'
import { codeOf, Refusal } from '../steps/refusal.ts'
import { superuser } from './cluster.ts'
import type { Home, Remembered } from './home.ts'

const role = 'signet_app'
const databaseName = 'signet'

/** Where the role reaches the database. */
export const databaseUrl = ({ appPassword }: Pick<Remembered, 'appPassword'>, port: number): string =>
  `postgres://${role}:${appPassword}@127.0.0.1:${port}/${databaseName}`

/** What `signet` owns beside the database's own parts: an earlier version made everything as the superuser. */
const handOver = `
do $$
declare change text;
begin
  for change in
    with ours as (select oid, nspname, nspowner from pg_namespace where nspname !~ '^pg_|^information_schema$')
    select format('schema %I', nspname) from ours where nspowner = '${superuser}'::regrole
    union all
    select format('%s %I.%I', case relkind when 'S' then 'sequence' when 'v' then 'view'
        when 'm' then 'materialized view' else 'table' end, nspname, relname)
      from pg_class c join ours on ours.oid = relnamespace
      where relowner = '${superuser}'::regrole and relkind in ('r', 'p', 'v', 'm', 'S')
        -- A sequence of a column goes with its table.
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
          and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and relkind = 'S')
    union all
    select format('routine %s', p.oid::regprocedure) from pg_proc p join ours on ours.oid = pronamespace
      where proowner = '${superuser}'::regrole
    union all
    select format('%s %I.%I', case typtype when 'd' then 'domain' else 'type' end, nspname, typname)
      from pg_type join ours on ours.oid = typnamespace
      where typowner = '${superuser}'::regrole and typtype in ('e', 'd', 'r')
  loop
    execute format('alter %s owner to ${role}', change);
  end loop;
end $$`

/**
 * Makes the database and its role on the first start, and moves what an earlier version's superuser owned to the role.
 * @param forTests lets the role make databases of its own, and drop them while they are in use
 * @throws Refusal when the superuser's password is not the remembered one
 */
export async function ensureDatabase(home: Home, port: number, forTests: boolean): Promise<void> {
  if (await canSignIn(databaseUrl(home, port))) return
  const as = (name: string) =>
    postgres(`postgres://${superuser}:${home.password}@127.0.0.1:${port}/${name}`, {
      max: 1,
      connect_timeout: 30,
      onnotice: () => undefined,
    })
  const cluster = as('postgres')
  try {
    const [found] = await cluster`select from pg_database where datname = ${databaseName}`
    if (!found) await cluster.unsafe(`create database ${databaseName}`)
  } catch (error) {
    if (codeOf(error) !== '28P01') throw error
    throw new Refusal(`The password in database.json is not the one of the database in ${home.home}: restore it.`)
  } finally {
    await cluster.end()
  }
  const database = as(databaseName)
  try {
    // All of it or nothing: a role that can sign in owns everything.
    await database.begin(async (sql) => {
      const [found] = await sql`select from pg_roles where rolname = ${role}`
      if (!found) await sql.unsafe(`create role ${role}`)
      await sql.unsafe(`alter role ${role} login nosuperuser password '${home.appPassword}'`)
      if (forTests) await sql.unsafe(`alter role ${role} createdb; grant pg_signal_backend to ${role}`)
      await sql.unsafe(`alter database ${databaseName} owner to ${role}`)
      await sql.unsafe(handOver)
    })
  } finally {
    await database.end()
  }
}

/** False where there is no such role or database yet, or the role has another password. */
async function canSignIn(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 30, onnotice: () => undefined })
  try {
    await sql`select 1`
    return true
  } catch (error) {
    if (!['28P01', '28000', '3D000'].includes(codeOf(error))) throw error
    return false
  } finally {
    await sql.end()
  }
}
