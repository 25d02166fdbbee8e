import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { dateText } from '../../../shared/kernel/date-text.ts'
import type { LegalSource } from '../../../shared/rulepack/parts.ts'
import { sourceMarkText, sourceName, sourceStatusText } from '../../../shared/rulepack/source-words.ts'
import { shelf } from '../dossier/support.ts'

const guide = path.resolve(import.meta.dirname, '../../../docs/guide')
const read = (file: string): string => readFileSync(path.join(guide, file), 'utf8')
const pages = readdirSync(guide, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))

/** Anchors of a page, as GitHub derives them from headings. */
const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set([...page.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-')))

describe.each([['vi/bo-quy-tac.md', 'vi'], ['en/packs.md', 'en']] as const)('the guide to the rule packs, %s', (file, language) => {
  const sections = read(file).split(/^## /m).slice(1)
  const sectionOf = (id: string): string => sections.find((section) => section.includes(`<!-- pack: ${id} -->`)) ?? ''
  const day = (date: string): string => (date === '' ? '–' : dateText(date))
  const row = (source: LegalSource): string =>
    `| ${sourceName(source, language)} | ${[source.title[language], day(source.issued), day(source.effectiveFrom), sourceStatusText[source.status][language], sourceMarkText[source.mark][language]].join(' | ')} |`

  it.each(shelf.all.map(({ pack }) => [pack.id, pack] as const))('tells of %s, with number, dates and status of all it rests on', (id, pack) => {
    const lines = sectionOf(id).split('\n')
    // Packs that share a section may name one text at different length.
    const facts = (line: string): string => line.split(' | ').toSpliced(1, 1).join(' | ')
    const cited = new Set(lines.map(facts))
    expect(lines.length).toBeGreaterThan(10)
    expect(pack.sources.map((source) => facts(row(source))).filter((line) => !cited.has(line))).toEqual([])
  })

  it('tells of no pack that is not shipped', () => {
    const told = [...read(file).matchAll(/<!-- pack: (\S+) -->/g)].map(([, id = '']) => id)
    expect(told.toSorted()).toEqual(shelf.all.map(({ pack }) => pack.id).toSorted())
  })
})

describe.each(pages)('the page %s of the guide', (file) => {
  const page = read(file)

  it('leads only to pages, headings and pictures that exist', () => {
    const links = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link))
    const broken = links.filter((link) => {
      const [target = '', anchor = ''] = link.split('#')
      const there = target === '' ? path.join(guide, file) : path.join(guide, path.dirname(file), target)
      return !existsSync(there) || (anchor !== '' && !anchorsOf(readFileSync(there, 'utf8')).has(decodeURIComponent(anchor)))
    })
    expect(links.length).toBeGreaterThan(0)
    expect(broken).toEqual([])
  })

  it('can be reached from the first page of its language, and has its counterpart in the other', () => {
    const language = file.startsWith('en') ? 'en' : 'vi'
    const led = [...read(`${language}.md`).matchAll(/\]\(([^)#\s]+)/g)].map(([, link]) => link)
    if (file !== `${language}.md`) expect(led).toContain(file.replaceAll('\\', '/'))
    expect(page.split('\n').some((line) => line.startsWith(language === 'en' ? '[Tiếng Việt](' : '[English]('))).toBe(true)
  })
})

it('shows every picture in both languages', () => {
  const shown = (language: string): readonly string[] =>
    [...new Set(pages.filter((file) => file.startsWith(language)).flatMap((file) => [...read(file).matchAll(new RegExp(String.raw`pictures/${language}/([\w-]+)\.png`, 'g'))].map(([, name = '']) => name)))].toSorted()
  const taken = (language: string): readonly string[] => readdirSync(path.join(guide, 'pictures', language)).map((name) => name.replace(/\.png$/, '')).toSorted()
  expect(shown('vi')).toEqual(taken('vi'))
  expect(shown('en')).toEqual(taken('en'))
  expect(shown('en')).toEqual(shown('vi'))
})
