/** The variables of push rules. Pure and without imports: the form asks the same in the browser. */

/** A variable that every push rule may use besides its event's: how many messages its damping held back before this one. */
export const heldBackVariable = 'held_back'

/** The variables that a rule for this event may use. */
export const ruleVariables = ({ variables }: { variables: readonly string[] }): string[] => [
  ...new Set([...variables, heldBackVariable]),
]
