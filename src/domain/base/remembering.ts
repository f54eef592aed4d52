/** A memory of bounded size: it keeps the newest entries and forgets the oldest. */
export function remembering<Value>(most: number) {
  const kept = new Map<string, Value>()
  return {
    get: (key: string) => kept.get(key),
    set(key: string, value: Value) {
      kept.delete(key)
      if (kept.size >= most) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, value)
    },
    forget: (key: string) => void kept.delete(key),
  }
}
