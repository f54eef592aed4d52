/** What an email template may weigh. Without imports: the editor asks the same in the browser. */

/** The most a template's HTML may weigh, in bytes. */
export const largestHtml = 1_048_576
