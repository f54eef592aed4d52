/** `user/info` and `user/get`: who follows. */
import { createHash } from 'node:crypto'
import { type Followers, isOpenidOf } from './followers.ts'
import type { AccountCall, Api } from './gateway.ts'
import { refusal } from './refusals.ts'

const perPage = 10_000

/** Some second of the year before 2026-11, the same at every call. */
const followedAt = (openid: string): number =>
  1_763_600_000 + (createHash('sha256').update(openid).digest().readUInt32BE() % 30_000_000)

function describe(followers: Followers, { request, account }: AccountCall): string {
  const openid = request.url.searchParams.get('openid')
  if (!openid) throw refusal(41009)
  const state = followers.stateOf(account, openid)
  if (!state) throw refusal(40003)
  if (state === 'not_following') return JSON.stringify({ subscribe: 0, openid })
  return JSON.stringify({
    subscribe: 1,
    openid,
    language: request.url.searchParams.get('lang') ?? 'zh_CN',
    subscribe_time: followedAt(openid),
    remark: '',
    groupid: 0,
    tagid_list: [],
    subscribe_scene: 'ADD_SCENE_QR_CODE',
    qr_scene: 0,
    qr_scene_str: '',
  })
}

function list(followers: Followers, { request, account }: AccountCall): string {
  const after = request.url.searchParams.get('next_openid') ?? ''
  if (after && !isOpenidOf(account.appId, after)) throw refusal(40003)
  const all = followers.of(account)
  const start = after ? all.indexOf(after) + 1 : 0
  const openid = all.slice(start, start + perPage)
  const counts = { total: all.length, count: openid.length }
  const more = openid.length > 0 ? { data: { openid } } : {}
  return JSON.stringify({ ...counts, ...more, next_openid: openid.at(-1) ?? '' })
}

export const userApis = (followers: Followers): Api[] => [
  { name: 'user/info', method: 'GET', takesToken: true, answer: (call) => describe(followers, call) },
  { name: 'user/get', method: 'GET', takesToken: true, answer: (call) => list(followers, call) },
]
