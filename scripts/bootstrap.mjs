/**
 * The first program of every command: needs nothing but Node 20, installs the packages when they are missing or of
 * another lock file, and hands over to `scripts/<command>.ts`, run by the Node that is among those packages.
 */
import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { constants, hostname } from 'node:os'
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const windows = process.platform === 'win32'
const packages = join(root, 'node_modules')
const stampFile = join(packages, '.signet-stamp')
const lockFile = join(root, '.install.lock')
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const version = (text) => text.split('.').map(Number)

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** What the installed packages depend on: another lock file or another machine means another installation. */
function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`
}

/** Whether npm's own record says that exactly these packages are there, as after `npm ci` or `npm install` by hand. */
function isInstalledByHand() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const present = JSON.parse(readFileSync(join(packages, '.package-lock.json'), 'utf8')).packages
    const isMadeForHere = ({ os, cpu, libc }) =>
      os && cpu && !libc && os.includes(process.platform) && cpu.includes(process.arch)
    return Object.entries(wanted).every(
      ([where, entry]) =>
        where === '' || present[where]?.version === entry.version || (entry.optional && !isMadeForHere(entry)),
    )
  } catch {
    return false
  }
}

function isInstalled() {
  if (readOrNothing(stampFile) === wantedStamp()) return true
  if (!isInstalledByHand()) return false
  writeFileSync(stampFile, wantedStamp())
  return true
}

/** The search path without this project's own folders: `npm ci` removes the Node that lives there. */
function outsidePath() {
  const parts = (process.env.PATH || '').split(delimiter)
  return parts.filter((part) => part && resolve(part) !== root && !resolve(part).startsWith(root + sep))
}

function outsideNode() {
  if (!process.execPath.startsWith(root + sep)) return process.execPath
  const found = outsidePath().map((part) => join(part, windows ? 'node.exe' : 'node'))
  return found.find((file) => existsSync(file))
}

function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isRunning(pid) {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** The holder and its npm, which outlives it when it is killed; without a sign of life for long, whatever they are. */
function isAbandoned(held, quietFor) {
  const [pid, host, , npm] = held.split(' ')
  if (host !== hostname()) return quietFor > 60_000
  return (!isRunning(pid) && !(npm && isRunning(npm))) || quietFor > 600_000
}

/** Waits for the right to install, so that two starts at once install once. Its holder keeps the file's time fresh. */
async function lockInstallation() {
  const mine = `${process.pid} ${hostname()} ${randomUUID()}`
  let told = false
  let seen = ''
  let quietSince = Date.now()
  for (;;) {
    try {
      writeFileSync(lockFile, mine, { flag: 'wx' })
      const beat = setInterval(() => existsSync(lockFile) && utimesSync(lockFile, new Date(), new Date()), 2_000)
      beat.unref()
      return {
        noteNpm: (pid) => writeFileSync(lockFile, `${mine} ${pid}`),
        unlock() {
          clearInterval(beat)
          if (readOrNothing(lockFile).startsWith(mine)) rmSync(lockFile, { force: true })
        },
      }
    } catch (error) {
      if (error.code !== 'EEXIST') refuse(`The packages cannot be installed into ${root}: ${error.message}`)
    }
    const held = readOrNothing(lockFile)
    const beat = existsSync(lockFile) ? `${held} ${statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs}` : ''
    if (beat !== seen) quietSince = Date.now()
    seen = beat
    if (held && isAbandoned(held, Date.now() - quietSince)) rmSync(lockFile, { force: true })
    else if (!told) {
      told = true
      process.stdout.write('Waiting for another start that is installing the packages…\n')
    }
    await wait(200)
  }
}

/** Runs `npm ci`, quietly; resolves with how it ended and what it said. */
function runNpm(noteNpm) {
  const environment = { ...process.env, PATH: outsidePath().join(delimiter) }
  const npm = process.env.npm_execpath
  const byFile = npm && existsSync(npm) && basename(npm).startsWith('npm')
  const node = outsideNode()
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=notice', '--progress=false']
  const started = byFile && node ? [node, [npm, ...options]] : ['npm', options]
  return new Promise((done) => {
    const child = spawn(started[0], started[1], { cwd: root, env: environment, shell: windows && started[0] === 'npm' })
    if (child.pid) noteNpm(child.pid)
    const stop = () => child.kill('SIGTERM')
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
    let said = ''
    const keep = (chunk) => {
      said = (said + chunk).slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => done({ code: 1, said: `npm could not be run: ${error.message}` }))
    child.on('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, stop)
      done({ code, signal, said })
    })
  })
}

async function install() {
  const { noteNpm, unlock } = await lockInstallation()
  try {
    if (isInstalled()) return
    const began = Date.now()
    process.stdout.write('Installing packages (a minute or two the first time)…')
    const { code, signal, said } = await runNpm(noteNpm)
    process.stdout.write(` ${Math.round((Date.now() - began) / 1000)} s\n`)
    if (code !== 0) {
      if (signal) return 130
      const last = said.trimEnd().split('\n').slice(-20).join('\n')
      process.stderr.write(`The packages could not be installed: npm ci ended with code ${code}.\n${last}\n`)
      return 1
    }
    mkdirSync(packages, { recursive: true })
    writeFileSync(stampFile, wantedStamp())
  } finally {
    unlock()
  }
}

/** The Node that came with the packages, else a system Node that runs TypeScript. */
function runtime() {
  const packaged = join(packages, 'node', 'bin', windows ? 'node.exe' : 'node')
  if (existsSync(packaged)) return [packaged]
  const [major, minor] = version(process.versions.node)
  if (major > 22 || (major === 22 && minor >= 18)) return [process.execPath, '--disable-warning=ExperimentalWarning']
  return refuse(
    `Node 24 was not installed with the packages (npm may have been told to skip install scripts) and this is Node ${process.versions.node}. ` +
      'Run "npm ci --ignore-scripts=false", or install Node 24.',
  )
}

/** Gives the terminal to the command and ends as it ends. */
function handOver(file, parameters) {
  const [node, ...flags] = runtime()
  // Compiled code is kept for next time, here and in every process that the command starts.
  const cache = process.env.NODE_COMPILE_CACHE || join(packages, '.cache', 'node')
  const child = spawn(node, [...flags, file, ...parameters], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`Node could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
  if (!process.env.npm_execpath || windows) return
  // npm runs us in a shell, which neither passes on what npm is told nor ends when npm is killed.
  const above = whoIsAbove()
  setInterval(() => whoIsAbove() !== above && child.kill('SIGTERM'), 500).unref()
}

/** Our parent, the shell, and where the system tells it cheaply also the shell's parent, npm. */
function whoIsAbove() {
  const stat = process.platform === 'linux' ? readOrNothing(`/proc/${process.ppid}/stat`) : ''
  return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
}

if (version(process.versions.node)[0] < 20) {
  refuse(`Signet needs Node 20 or newer to start; this is Node ${process.versions.node}.`)
}
const [command = '', ...parameters] = process.argv.slice(2)
const file = join(root, 'scripts', `${command}.ts`)
if (!/^[a-z][a-z-]*$/.test(command) || !existsSync(file)) {
  const names = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.ts'))
  refuse(`Usage: node scripts/bootstrap.mjs <${names.map((name) => name.slice(0, -3)).join('|')}>`)
}
const failed = isInstalled() ? 0 : await install()
if (failed) process.exitCode = failed
else handOver(file, parameters)
