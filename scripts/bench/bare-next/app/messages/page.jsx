/** Fifty messages in a table, read with the query of our own page: no sign-in, no words in two languages, no style. */
import postgres from 'postgres'

export const dynamic = 'force-dynamic'

const sql = postgres(process.env.DATABASE_URL, { max: 10 })
const mask = (recipient) => `${recipient.slice(0, 1)}•••${recipient.slice(recipient.lastIndexOf('@'))}`

export default async function Page() {
  const rows = await sql`
    select m.id, m.created_at, app.name as app, m.kind, m.channel, m.scenario, m.recipient, m.status, m.waiting, m.error_code
    from message m left join app on app.id = m.app_id
    where m.organization_id = ${process.env.BENCH_ORGANIZATION}
    order by m.id desc limit 51`
  return (
    <main>
      <h1>Messages</h1>
      <table>
        <thead>
          <tr>
            {['Time', 'App', 'Kind', 'Channel', 'Scenario', 'Recipient', 'Status', 'Error'].map((word) => (
              <th key={word}>{word}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 50).map((row) => (
            <tr key={row.id}>
              <td>{row.created_at.toISOString()}</td>
              <td>{row.app}</td>
              <td>{row.kind}</td>
              <td>{row.channel}</td>
              <td>{row.scenario}</td>
              <td>{mask(row.recipient)}</td>
              <td>
                <a href={`/messages/${row.id}`}>{row.status}</a>
              </td>
              <td>{row.error_code}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  )
}
