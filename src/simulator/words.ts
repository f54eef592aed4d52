/** The words of the inbox pages, and which language a reader gets. */
import type { IncomingHttpHeaders } from 'node:http'
import type { ChannelId, Language } from './channel.ts'

const en = {
  locale: 'en',
  title: 'Sandbox inbox',
  purpose: 'Every message that was "delivered" on this machine. Nothing leaves it. The list follows by itself.',
  channel: 'Channel',
  to: 'To',
  subject: 'Content',
  time: 'Time',
  filter: 'Filter by recipient',
  apply: 'Filter',
  showAll: 'Show all',
  anyChannel: 'All',
  newest: (shown: number, all: number) => {
    const messages = all === 1 ? 'message' : 'messages'
    return shown < all ? `The newest ${shown} of ${all} ${messages}` : `${all} ${messages}`
  },
  empty: 'Nothing has been delivered yet. What is sent through the API appears here within seconds.',
  noMatch: (to: string) => `Nothing was delivered to a recipient with "${to}".`,
  noneOnChannel: 'Nothing was delivered on this channel yet.',
  noSubject: '(no subject)',
  back: 'All messages',
  preview: 'Preview',
  headers: 'Headers',
  details: 'Details',
  spoken: 'What is spoken',
  text: 'Plain text',
  noText: 'This message has no plain text.',
  noHtml: 'This message has no HTML.',
  raw: 'Raw source',
  otherLanguage: '中文',
  notFound:
    'This message is not in the inbox any more. The inbox keeps a limited number of messages and drops the oldest.',
  channels: {
    sms: 'SMS',
    voice: 'Voice call',
    email: 'Email',
    official_account: 'Official account',
  } satisfies Record<ChannelId, string>,
}

export type Words = typeof en

const zh: Words = {
  locale: 'zh-CN',
  title: '沙箱收件箱',
  purpose: '本机“送达”的全部消息，不会真正发出。列表自动更新。',
  channel: '渠道',
  to: '收件人',
  subject: '内容',
  time: '时间',
  filter: '按收件人筛选',
  apply: '筛选',
  showAll: '显示全部',
  anyChannel: '全部',
  newest: (shown, all) => (shown < all ? `最新 ${shown} 条，共 ${all} 条` : `共 ${all} 条`),
  empty: '还没有送达的消息。通过 API 发送后，几秒内会显示在这里。',
  noMatch: (to) => `没有送达包含“${to}”的收件人的消息。`,
  noneOnChannel: '这个渠道还没有送达的消息。',
  noSubject: '（无主题）',
  back: '全部消息',
  preview: '预览',
  headers: '邮件头',
  details: '详情',
  spoken: '播放内容',
  text: '纯文本',
  noText: '这条消息没有纯文本。',
  noHtml: '这条消息没有 HTML。',
  raw: '原始内容',
  otherLanguage: 'English',
  notFound: '收件箱中已没有这条消息。收件箱只保留一定数量的消息，最早的会被移除。',
  channels: { sms: '短信', voice: '语音通话', email: '邮件', official_account: '公众号' },
}

export const wordsOf = (language: Language): Words => (language === 'zh' ? zh : en)

/** The language asked for in the address, else the browser's first of the two, else English. */
export function languageOf(asked: string | null, headers: IncomingHttpHeaders): Language {
  if (asked === 'en' || asked === 'zh') return asked
  const first = (headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'zh' || tag === 'en')
  return first === 'zh' ? 'zh' : 'en'
}
