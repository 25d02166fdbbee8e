import { describe, expect, test } from 'vitest'

type File = Readonly<Record<string, unknown>>
const source = import.meta.glob<File>('../../../shared/i18n/vi/*.ts', { eager: true })
const translation = import.meta.glob<File>('../../../shared/i18n/en/*.ts', { eager: true })

const nameOf = (path: string): string => /([a-z-]+)\.ts$/.exec(path)?.[1] ?? path
const isSentences = (value: unknown): value is Readonly<Record<string, string>> => typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string')
const sentencesOf = (file: File | undefined): Readonly<Record<string, string>> => {
  const own = Object.values(file ?? {}).filter(isSentences)
  if (own.length !== 1 || own[0] === undefined) throw new Error('a feature has one object of sentences')
  return own[0]
}
const asked = (sentence: string): readonly string[] => [...new Set([...sentence.matchAll(/\{(\w+)/g)].map((found) => found[1] ?? ''))].toSorted()

const features = Object.keys(source).map(nameOf)

test('every feature has both languages', () => {
  expect(Object.keys(translation).map(nameOf).toSorted()).toEqual(features.toSorted())
  expect(features.length).toBeGreaterThan(10)
})

describe.each(features)('%s', (feature) => {
  const vi = sentencesOf(source[`../../../shared/i18n/vi/${feature}.ts`])
  const en = sentencesOf(translation[`../../../shared/i18n/en/${feature}.ts`])

  test('has the same keys in both languages', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(vi).toSorted())
  })

  test('asks for the same values in both languages', () => {
    const differing = Object.keys(vi).filter((key) => asked(vi[key] ?? '').join() !== asked(en[key] ?? '').join())
    expect(differing).toEqual([])
  })

  test('has no empty, untrimmed or unfinished sentence and writes Vietnamese composed', () => {
    const bad = [vi, en].flatMap((sentences) => Object.entries(sentences).filter(([, text]) => text !== text.trim() || text === '' || /TODO|FIXME|lorem/i.test(text) || text !== text.normalize('NFC')).map(([key]) => key))
    expect(bad).toEqual([])
  })

  test('has balanced braces and no markup', () => {
    const bad = [vi, en].flatMap((sentences) => Object.entries(sentences).filter(([, text]) => /[<>]/.test(text) || /[{}]/.test(text.replace(/\{\w+(\|[^|}]*\|[^|}]*)?\}/g, ''))).map(([key]) => key))
    expect(bad).toEqual([])
  })
})
