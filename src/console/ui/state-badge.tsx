/** A state as colour, shape and word, so that none of the three is needed alone. */
export type Tone = 'green' | 'amber' | 'red' | 'grey'

const shapes: Record<Tone, string> = {
  green: 'M4 0a4 4 0 1 1 0 8a4 4 0 0 1 0-8z',
  amber: 'M4 .4l4 7.2H0z',
  red: 'M1.4 0L4 2.6L6.6 0L8 1.4L5.4 4L8 6.6L6.6 8L4 5.4L1.4 8L0 6.6L2.6 4L0 1.4z',
  grey: 'M4 0a4 4 0 1 1 0 8a4 4 0 0 1 0-8zm0 1.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5z',
}

export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`badge ${tone}`}>
      <svg viewBox="0 0 8 8" aria-hidden="true">
        <path d={shapes[tone]} fill="currentColor" fillRule="evenodd" />
      </svg>
      {children}
    </span>
  )
}
