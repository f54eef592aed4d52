/** The words that the pages of channels use in the browser. */
const problems = ['Problem', 'Error', 'Reason'] as const
export const channelWords = [
  'Accounts',
  'AccountField',
  'Stage',
  'Cause',
  'Templates',
  'Audience',
  'Dependents',
  'Form',
  ...problems,
] as const
const editor = ['TemplateEditor', 'Findings', 'CodeEditor', 'Variable', 'Template'] as const
export const editorWords = ['Shell', 'Form', 'Outcome', 'Status', ...editor, ...problems] as const
const form = [
  'Shell',
  'Form',
  'AccountTemplate',
  'Template',
  'TemplateEditor',
  'Variable',
  'Cause',
  'Outcome',
  'Status',
  ...problems,
] as const
export const smsTemplateWords = [...form, 'SmsTemplate', 'Audience'] as const
export const voiceTemplateWords = [...form, 'VoiceTemplate'] as const

const pushing = ['PushRules', 'Dependents', 'Template', 'Outcome', 'Status', 'Cause', ...problems] as const
export const officialAccountWords = [
  'Accounts',
  'AccountField',
  'Stage',
  'OfficialAccounts',
  'Form',
  ...pushing,
] as const
const rule = ['PushRule', 'Form', 'AccountTemplate', 'TemplateEditor', 'Variable', 'Shell'] as const
export const ruleWords = [...rule, ...pushing] as const
