/**
 * The signature of Alibaba Cloud's RPC services (HMAC-SHA1, version 1.0): help.aliyun.com, "Request syntax and signature method
 * for RPC APIs". Pure.
 */
import { createHmac } from 'node:crypto'

/** Of the characters that a component of an address may hold, five more are written with a percent sign. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** The parameters of a POST as a form, with their signature as the last of them. */
export function signedForm(params: Readonly<Record<string, string>>, accessKeySecret: string): string {
  const canonical = Object.keys(params)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(params[name] ?? '')}`)
    .join('&')
  const signature = createHmac('sha1', `${accessKeySecret}&`)
    .update(`POST&%2F&${encoded(canonical)}`)
    .digest('base64')
  return `${canonical}&Signature=${encoded(signature)}`
}
