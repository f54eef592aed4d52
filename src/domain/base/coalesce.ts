/**
 * Shares round trips between callers that arrive together: while one batch is under way the next one gathers. A caller
 * that finds the line idle goes at once, alone; nobody waits for a timer.
 */
export function coalesce<Input, Output>(
  run: (inputs: Input[]) => Promise<Output[]>,
  options: { most: number },
): (input: Input) => Promise<Output> {
  type Waiting = { input: Input; resolve: (output: Output) => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let isRunning = false

  const flush = async (): Promise<void> => {
    isRunning = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, options.most)
      waiting = waiting.slice(options.most)
      try {
        const outputs = await run(batch.map((entry) => entry.input))
        batch.forEach((entry, index) => {
          entry.resolve(outputs[index] as Output)
        })
      } catch (error) {
        for (const entry of batch) entry.reject(error)
      }
    }
    isRunning = false
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      if (!isRunning) void flush()
    })
}
