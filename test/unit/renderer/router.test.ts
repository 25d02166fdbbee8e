import { describe, expect, test } from 'vitest'
import { parseRoute, routeHash, sectionHash, sections } from '../../../renderer/router.ts'
import type { Route } from '../../../renderer/router.ts'

const id = '0b0c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3'

describe('addresses', () => {
  const places: readonly Route[] = [
    { to: 'dossiers', view: 'all' }, { to: 'dossiers', view: 'trash' }, { to: 'outbox' }, { to: 'verify' }, { to: 'settings' },
    { to: 'packs', view: 'list', id: '' }, { to: 'packs', view: 'sources', id: '' }, { to: 'packs', view: 'pack', id: 'a'.repeat(64) }, { to: 'packs', view: 'draft', id: 'd-0a1b' },
    ...sections.map((section): Route => ({ to: 'dossier', id, section, at: '' })),
    { to: 'dossier', id, section: 'valuation', at: 'valuation.m-1.inputs' },
  ]
  test.each(places.map((place) => [routeHash(place), place] as const))('%s leads there and back', (hash, place) => {
    expect(parseRoute(hash)).toEqual(place)
  })

  test('a section names what to bring into view', () => {
    expect(sectionHash(id, 'profile', 'profile.owner')).toBe(`#/dossier/${id}/profile/profile.owner`)
  })

  test.each([
    ['', 'the list'], ['#', 'the list'], ['#/nowhere', 'the list'], ['#/dossier/', 'no id'], ['#/dossier/../../etc', 'a path'], [`#/dossier/${id.toUpperCase()}`, 'capitals'],
    ['#once=abcdef', 'a secret of the bridge'],
  ])('%s (%s) leads to the list of dossiers', (hash) => {
    expect(parseRoute(hash)).toEqual({ to: 'dossiers', view: 'all' })
  })

  test('an unknown section is the overview, an odd name of a thing is none', () => {
    expect(parseRoute(`#/dossier/${id}/secrets`)).toEqual({ to: 'dossier', id, section: 'overview', at: '' })
    expect(parseRoute(`#/dossier/${id}/profile/<img>`)).toEqual({ to: 'dossier', id, section: 'profile', at: '' })
  })
})
