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
      const answer = await run(batch.map((entry) => entry.input)).then(
        (outputs) => () => {
          for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as Output)
        },
        (error) => () => {
          for (const { reject } of batch) reject(error)
        },
      )
      // What callers do with their answers would hold up the next batch, which only goes out at the end of this turn.
      if (waiting.length > 0) setImmediate(answer)
      else answer()
    }
    isRunning = false
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      if (!isRunning) void flush()
    })
}
