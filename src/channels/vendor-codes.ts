/**
 * The codes of vendors. Each is a key of the words in its vendor's folder, which adds them to `VendorWords`: a code without words
 * is a type error.
 */

/** The keys that the vendors' words have in a namespace. */
type KeyIn<Namespace extends string> = {
  [Name in keyof VendorWords]: VendorWords[Name] extends Record<Namespace, infer Words> ? keyof Words & string : never
}[keyof VendorWords]

/** A stage of a check. */
export type VendorStage = Exclude<KeyIn<'Stage'>, `${string}Passed`>
/** Why a check, or a question to a provider, failed. */
export type VendorCause = Exclude<KeyIn<'Cause'>, `${string}${'Hint' | 'Copy'}`>
/** What came of a message. */
export type VendorOutcome = Exclude<KeyIn<'Outcome'>, `${string}Hint`>
/** What is wrong with a value that the vendor does not take. */
export type VendorProblem = KeyIn<'Problem'>
