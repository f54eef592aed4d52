/** The parameters of an RPC request: those of the query and of the form body, the body's winning. */

export type Parameters = ReadonlyMap<string, string>

/** Adds `name=value` pairs. Unlike in an HTML form, `+` stays a plus: it is signed as one. */
function addPairs(parameters: Map<string, string>, text: string): void {
  for (const pair of text.split('&')) {
    if (!pair) continue
    const end = pair.indexOf('=')
    const name = end === -1 ? pair : pair.slice(0, end)
    parameters.set(decodeURIComponent(name), end === -1 ? '' : decodeURIComponent(pair.slice(end + 1)))
  }
}

/** Answers undefined when a percent sign is not followed by a valid code. */
export function readParameters(query: string, form: string): Parameters | undefined {
  const parameters = new Map<string, string>()
  try {
    addPairs(parameters, query.replace(/^\?/, ''))
    addPairs(parameters, form)
    return parameters
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
