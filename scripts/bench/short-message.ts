/** The SMS of the measurements: a sign-in code, under a signature and with a template that the sink calls approved. */
export const signature = 'Bench'
export const templateCode = 'SMS_100000001'
export const templateText = 'Your code is ${code}. Do not tell it to anybody.'

/** A mainland mobile number for each number. */
export const mobileOf = (number: number): string => `139${String(number).padStart(8, '0')}`
export const codeOf = (number: number): string => String(100_000 + (number % 900_000))
