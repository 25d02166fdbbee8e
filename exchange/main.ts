import path from 'node:path'
import { parseArgs } from 'node:util'
import { faultText } from '../shared/kernel/faults.ts'
import { checkExchange } from './check.ts'
import { CannotStart } from './refused.ts'
import { openCore, startExchange, type ExchangeOptions } from './server.ts'
import { defaultFolder } from './store/folder.ts'

const help = `Sàn Lượng Giá, máy chủ tham chiếu / Lượng Giá reference exchange

  npm run exchange                              khởi động máy chủ / start the server
  npm run exchange -- code "Tên tổ chức"        cấp mã đăng ký một lần / issue a one-time enrolment code
  npm run exchange -- revoke <mã thiết bị>      thu hồi một thiết bị / revoke a device
  npm run exchange -- check                     đọc lại và kiểm tra mọi thứ / read everything again and check it

  --data <thư mục / folder>    mặc định / default: ${defaultFolder()}
  --port <cổng / port>         mặc định / default: 8643
  --host <địa chỉ / address>   mặc định / default: 127.0.0.1
  --name <tên / name>          tên sàn hiện trên thiết bị / what devices show as the exchange's name

  DATABASE_URL=postgres://…    dùng PostgreSQL có sẵn thay cho cơ sở dữ liệu đi kèm / use this PostgreSQL instead of the one that comes along
`

const options = { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' }, name: { type: 'string' }, help: { type: 'boolean' } } as const

const complain = (error: unknown): number => {
  if (error instanceof CannotStart) {
    const { vi, en } = faultText(error)
    console.error(`${vi}\n${en}`)
  } else {
    console.error(error instanceof Error ? error.message : error)
  }
  return 1
}

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

const serve = async (settings: ExchangeOptions): Promise<number> => {
  const server = await startExchange(settings)
  // Listened for before anything is printed: whoever reads the address may stop us at once.
  const stopped = untilStopped()
  console.log(`Sàn đang chạy tại / the exchange runs at  ${server.url}`)
  console.log(`Khóa của sàn / key of the exchange        ${server.keyId}`)
  console.log(`Dữ liệu / data                            ${settings.dataDir}`)
  if ((await server.organisations()).length === 0) {
    console.log(`Mã đăng ký đầu tiên / first enrolment code ${await server.createCode('Tổ chức của tôi')}`)
    console.log('Cấp thêm mã / more codes:  npm run exchange -- code "Tên tổ chức"')
  }
  await stopped
  console.log('Đang dừng / stopping…')
  await server.close()
  return 0
}

const withCore = async (settings: ExchangeOptions, work: (core: Awaited<ReturnType<typeof openCore>>) => Promise<number>): Promise<number> => {
  const core = await openCore({ ...settings, quiet: true }, 'tool')
  try {
    return await work(core)
  } finally {
    await core.close()
  }
}

/** The command line of the exchange; gives the exit code. `DATABASE_URL` is the only setting taken from the environment. */
export const main = async (args: readonly string[]): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [command = 'start', about = ''] = positionals
    const port = Number(values.port ?? '8643')
    const url = process.env['DATABASE_URL'] ?? ''
    const settings: ExchangeOptions = {
      dataDir: path.resolve(values.data ?? defaultFolder()),
      port,
      host: values.host ?? '127.0.0.1',
      quiet: false,
      ...(url === '' ? {} : { databaseUrl: url }),
      ...(values.name === undefined ? {} : { name: values.name }),
    }
    const badPort = !Number.isInteger(port) || port < 0 || port > 65_535
    if (values.help === true || badPort) {
      console.log(help)
      return badPort ? 2 : 0
    }
    if (command === 'start' && positionals.length <= 1) return await serve(settings)
    if (command === 'code' && about.trim() !== '' && about.length <= 200) {
      return await withCore(settings, async ({ accounts }) => {
        console.log(await accounts.createCode(about))
        return 0
      })
    }
    if (command === 'revoke' && /^[0-9a-f]{64}$/.test(about)) {
      return await withCore(settings, async ({ accounts }) => {
        const known = await accounts.revoke(about)
        console.log(known ? 'Đã thu hồi thiết bị. / The device is revoked.' : 'Không có thiết bị này. / There is no such device.')
        return known ? 0 : 1
      })
    }
    if (command === 'check' && positionals.length === 1) {
      return await withCore(settings, async (core) => {
        const problems = await checkExchange(core)
        for (const { org, problem, about: what } of problems) console.log(`${problem}\t${what}\t${org}`)
        console.log(problems.length === 0 ? 'Mọi thứ đều đúng. / All is well.' : `${problems.length} lỗi. / ${problems.length} problems.`)
        return problems.length === 0 ? 0 : 1
      })
    }
    console.error(help)
    return 2
  } catch (error) {
    return complain(error)
  }
}
