/** The words of an SMS and of a call on the inbox pages. Names that the cloud's API uses stay as they are. */
import type { Language } from '../channel.ts'
import type { PushState } from '../push-records.ts'

const en = {
  smsFrom: (signature: string) => `SMS from ${signature}`,
  spokenCall: (code: string) => `Call with ${code}`,
  recordedCall: 'Call with a recording',
  recording: (code: string) => `Recording ${code}`,
  signature: 'Signature',
  template: 'Template',
  length: 'Length',
  lengthAndSegments: (length: number, segments: number) =>
    `${length} characters, ${segments === 1 ? '1 segment' : `${segments} segments`}`,
  receipt: 'Receipt',
  neverSettled: 'No result, ever',
  calledShowNumber: 'Calling number',
  sharedNumber: 'Shared number pool',
  playTimes: 'Play times',
  volume: 'Volume',
  speed: 'Speed',
  pushes: {
    waiting: 'not pushed yet',
    accepted: 'pushed',
    given_up: 'pushed, never accepted',
    no_address: 'no push address set',
    off: 'not pushed',
  } satisfies Record<PushState | 'off', string>,
}

export type ViewWords = typeof en

const zh: ViewWords = {
  smsFrom: (signature) => `${signature} 的短信`,
  spokenCall: (code) => `语音通话 ${code}`,
  recordedCall: '播放录音的通话',
  recording: (code) => `录音 ${code}`,
  signature: '签名',
  template: '模板',
  length: '字数',
  lengthAndSegments: (length, segments) => `${length} 字，计 ${segments} 条`,
  receipt: '回执',
  neverSettled: '始终没有结果',
  calledShowNumber: '主叫显号',
  sharedNumber: '公共号码池',
  playTimes: '播放次数',
  volume: '音量',
  speed: '语速',
  pushes: {
    waiting: '尚未推送',
    accepted: '已推送',
    given_up: '推送多次未被接收',
    no_address: '未设置推送地址',
    off: '不推送',
  },
}

export const viewWordsOf = (language: Language): ViewWords => (language === 'zh' ? zh : en)
