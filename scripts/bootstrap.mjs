// Runs on whatever Node the machine has (20 or later): installs what is missing, then hands over to the project's own Node 24.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const [target, ...rest] = process.argv.slice(2)
const stamp = path.join(root, 'node_modules', '.luong-gia-installed')
const lock = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex')
const ownNode = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const installed = () => existsSync(ownNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock

if (!installed()) {
  process.stderr.write('Lượng Giá: đang cài các thành phần cần thiết (chỉ lần đầu)… / installing what is needed (first time only)…\n')
  const npm = process.env['npm_execpath']
  const [command, args] = npm === undefined ? [process.platform === 'win32' ? 'npm.cmd' : 'npm', []] : [process.execPath, [npm]]
  const env = { ...process.env }
  // The outer `npm run` exports its own flags; the inner install must not inherit the script's name or silence.
  for (const key of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(key)) delete env[key]
  // Not `npm ci`: it refuses the whole lock file when a registry lacks one optional binary of another platform.
  const done = spawnSync(command, [...args, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2], env, shell: npm === undefined && process.platform === 'win32' })
  if (done.status !== 0 || !existsSync(ownNode)) {
    process.stderr.write('Không cài được. Hãy kiểm tra kết nối tới kho gói npm rồi chạy lại. / Installation failed: check the connection to the npm registry and run again.\n')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const run = spawnSync(ownNode, [path.join(root, 'scripts', `${target}.ts`), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${path.dirname(ownNode)}${path.delimiter}${process.env['PATH'] ?? ''}` },
})
process.exit(run.status ?? 1)
