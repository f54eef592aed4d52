/** The words that the pages of channels use in the browser. */
const problems = ['Problem', 'Error', 'Reason'] as const
export const channelWords = [
  'Accounts',
  'AccountField',
  'Stage',
  'Cause',
  'Templates',
  'Audience',
  ...problems,
] as const
const editor = ['TemplateEditor', 'Findings', 'CodeEditor', 'Variable', 'Template'] as const
export const editorWords = ['Shell', 'Outcome', ...editor, ...problems] as const

const pushing = ['PushRules', 'Template', 'Outcome', 'Cause', ...problems] as const
export const officialAccountWords = ['Accounts', 'AccountField', 'Stage', 'OfficialAccounts', ...pushing] as const
const form = ['PushRule', 'AccountTemplate', 'TemplateEditor', 'Variable', 'SearchSelect', 'Shell'] as const
export const ruleWords = [...form, ...pushing] as const
