/**
 * The accounts of further vendors that the sandbox begins with: another account of their channel is in force, and they wait
 * for a person to validate them. One is added here with one import and one entry. Plain data, for those that start the simulator.
 */
import type { SandboxAccount } from './channel.ts'
import { tencentAccount } from './tencent/sandbox.ts'
import { twilioSandbox } from './twilio/sandbox.ts'

export const sandboxAccounts: readonly SandboxAccount[] = [tencentAccount, twilioSandbox]

/** The settings with which Signet reaches the further vendors in the simulator. */
export const sandboxSettings = (simulatorUrl: string): Record<string, string> =>
  Object.assign({}, ...sandboxAccounts.map(({ settings }) => settings(simulatorUrl)))
