/** A clock that stands still until it is moved. */
export function clockAt(start: number) {
  let at = start
  return {
    now: () => new Date(at),
    forward: (by: { ms?: number; seconds?: number; minutes?: number; days?: number }) => {
      at += (by.ms ?? 0) + 1000 * (by.seconds ?? 0) + 60_000 * (by.minutes ?? 0) + 86_400_000 * (by.days ?? 0)
    },
  }
}
