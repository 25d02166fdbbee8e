import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './app.ts'
import { lateExchange, makeP12 } from './delivery.ts'
import { journey, marker, title } from './journey.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 600_000 })

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))

/** Names of files below a folder that hold one of these texts, as UTF-8 or as UTF-16. */
const holding = async (folder: string, texts: readonly string[]): Promise<readonly string[]> => {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  const found: string[] = []
  for (const file of await filesBelow(folder)) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    if (needles.some((needle) => bytes.includes(needle))) found.push(path.relative(folder, file))
  }
  return found
}

/** Chromium says so itself when it reports that the page was killed or could not reach a host that this test keeps away. */
const expected = /crash|net::ERR_(CONNECTION|NAME)/i

for (const killing of [false, true]) {
  test(killing ? 'the whole journey, the page killed after every act' : 'the whole journey, offline until sending', async ({ app }) => {
    const me = new Person(app)
    const exchange = lateExchange()
    try {
      await me.createVault()
      for (const step of journey(makeP12(), exchange.start)) {
        await test.step(step.name, async () => {
          for (const act of step.acts) {
            await act(me)
            if (killing) await me.crash()
          }
        })
      }
      expect(app.complaints.filter((line) => !expected.test(line))).toEqual([])
      expect(await holding(app.profile, [marker, 'Viện Công nghệ Sau thu hoạch', title])).toEqual([])
    } finally {
      await exchange.stop()
    }
  })
}
