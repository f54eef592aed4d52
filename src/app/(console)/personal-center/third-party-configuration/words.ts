/** The words that the pages of channels use in the browser. */
const problems = ['Problem', 'Error', 'Reason'] as const
export const channelWords = ['Accounts', 'AccountField', 'Stage', 'Cause', 'Templates', ...problems] as const
export const templateWords = ['Shell', 'TemplateForm', 'Variable', ...problems] as const
