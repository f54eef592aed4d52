/** What a voice template may hold whoever makes the call. Without imports: the form asks the same in the browser. */

/** Characters of a template's text, its variables among them. */
export const longestVoiceText = 1000
export const callingNumberForm = /^(\d{5,20})?$/
