import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { takeLock } from './folder-lock.ts'

const saysBeginning = {
  skip: existsSync('/proc/self/stat')
    ? false
    : 'this system does not say how processes are and when they began',
}
let folder: string
let lock: string
/** Another program that runs all the while. */
const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-lock-'))
  lock = join(folder, 'lock')
})
beforeEach(() => rm(lock, { force: true }))
after(async () => {
  stranger.kill()
  await rm(folder, { recursive: true })
})

test('a lock whose process runs is respected, also one that says no more than the number', async () => {
  await writeFile(lock, String(stranger.pid))
  await assert.rejects(takeLock(lock), {
    code: 'store-busy',
    message: new RegExp(`Process ${stranger.pid} has`),
  })
})

test('a lock whose number another program was given since is taken over', saysBeginning, async () => {
  await writeFile(lock, `${stranger.pid} 1`)
  const release = await takeLock(lock)
  assert.match(await readFile(lock, 'utf8'), new RegExp(`^${process.pid} \\d+$`))
  await release()
  assert.equal(existsSync(lock), false)
})

test(
  'a lock of a process that is dead, and whose parent has not noticed, is taken over',
  saysBeginning,
  async () => {
    // The shell starts a program and becomes another, which knows nothing of children.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'])
    const pid = await new Promise<string>(resolve =>
      parent.stdout.once('data', d => resolve(String(d).trim())),
    )
    while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'))) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    await writeFile(lock, pid)
    await (await takeLock(lock))()
    parent.kill()
  },
)

test('a lock that was made this moment, and says nothing yet, is waited for', async () => {
  await writeFile(lock, '')
  const taking = takeLock(lock)
  await writeFile(lock, String(stranger.pid))
  await assert.rejects(taking, { code: 'store-busy' })
})

test('a lock that stays empty, or holds rubbish, is nobody’s', async () => {
  for (const rubbish of ['', 'rubbish', '-1', '0']) {
    await writeFile(lock, rubbish)
    await (await takeLock(lock))()
  }
})

test('of several programs that find the lock of one that is gone, one gets the folder', async () => {
  const gone = spawn(process.execPath, ['-e', ''])
  await new Promise(resolve => gone.once('exit', resolve))
  await writeFile(lock, String(gone.pid))
  const module = new URL('folder-lock.ts', import.meta.url).href
  const script = `const { takeLock } = await import(${JSON.stringify(module)})
    await takeLock(${JSON.stringify(lock)}).then(() => console.log('mine'), error => console.log(error.code))
    process.stdin.resume()`
  const programs = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  const said = await Promise.all(
    programs.map(p => new Promise<string>(resolve => p.stdout.once('data', d => resolve(String(d).trim())))),
  )
  for (const program of programs) program.stdin.end()
  assert.deepEqual(said.sort(), ['mine', 'store-busy', 'store-busy', 'store-busy'])
})
