/** A state as colour, shape and word, so that none of the three is needed alone. Plain: it stands in the rows of long lists. */
export type Tone = 'green' | 'amber' | 'red' | 'grey'

/** What Mantine calls the colour of a state. */
export const colors = { green: 'green', amber: 'yellow', red: 'red', grey: 'gray' } as const satisfies Record<
  Tone,
  string
>

export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`badge ${tone}`}>{children}</span>
}
