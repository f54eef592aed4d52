/** Tells how the specs go, a line each, lists the failed ones readably at the end, and hands the counts to the command. */
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { FullResult, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter'

export type Summary = { passed: number; failed: number; skipped: number }

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const colours = /\u001b\[[0-9;]*m/g
const plain = (text: string): string => text.replace(colours, '')

const print = (text: string): void => void process.stdout.write(`${text}\n`)

function titleOf(test: TestCase): string {
  const [, project, file, ...titles] = test.titlePath()
  return `[${project}] ${file} › ${titles.join(' › ')}`
}

const indent = (text: string): string => text.replace(/^/gm, '    ')

class PlainReporter implements Reporter {
  private suite: Suite | undefined
  private readonly errors: TestError[] = []

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite
    print(`Running ${suite.allTests().length} specs`)
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const mark = { passed: '✓', skipped: '-', failed: '✗', timedOut: '✗', interrupted: '✗' }[result.status]
    print(`  ${mark} ${titleOf(test)} (${(result.duration / 1000).toFixed(1)} s)`)
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk)
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk)
  }

  onError(error: TestError): void {
    this.errors.push(error)
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? []
    const wasCut = (test: TestCase): boolean => test.results.at(-1)?.status === 'interrupted'
    const having = (...outcomes: string[]) =>
      tests.filter((test) => outcomes.includes(wasCut(test) ? 'unexpected' : test.outcome()))
    const failed = having('unexpected', 'flaky')
    for (const [index, test] of failed.entries()) this.explain(index + 1, test)
    for (const error of this.errors) print(`\n${indent(plain(error.stack ?? error.message ?? error.value ?? ''))}`)
    const cut = result.status === 'timedout' || result.status === 'interrupted'
    if (cut) print(`\nThe run was ${result.status === 'timedout' ? 'out of time' : 'interrupted'}.`)
    const summary: Summary = {
      passed: having('expected').length,
      failed: failed.length + this.errors.length,
      skipped: having('skipped').length,
    }
    const { SIGNET_TEST_SUMMARY } = process.env
    if (SIGNET_TEST_SUMMARY) writeFileSync(SIGNET_TEST_SUMMARY, JSON.stringify(summary))
  }

  printsToStdio(): boolean {
    return true
  }

  private explain(number: number, test: TestCase): void {
    const { file, line } = test.location
    print(`\n${number}) ${titleOf(test)}${test.outcome() === 'flaky' ? ' (passed only when repeated)' : ''}`)
    print(`    ${relative(process.cwd(), file)}:${line}`)
    const result = test.results.find(({ status }) => status !== 'passed')
    for (const error of result?.errors ?? []) {
      print(indent(plain(error.message ?? error.value ?? '')))
      if (error.snippet) print(indent(plain(error.snippet)))
    }
    for (const { name, path } of result?.attachments ?? []) {
      if (path) print(`    ${name}: ${relative(process.cwd(), path)}`)
    }
  }
}

export default PlainReporter
