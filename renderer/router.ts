import { useSyncExternalStore } from 'react'

export const sections = ['overview', 'profile', 'evidence', 'checklist', 'valuation', 'council', 'report', 'history'] as const
export type Section = (typeof sections)[number]

/** A place in the program. `at` of a dossier names what to bring into view there (a field, a question, a method). */
export type Route =
  | { readonly to: 'dossiers'; readonly view: 'all' | 'trash' }
  | { readonly to: 'dossier'; readonly id: string; readonly section: Section; readonly at: string }
  /** `id` names a pack by its hash, or a draft. */
  | { readonly to: 'packs'; readonly view: 'list' | 'sources' | 'pack' | 'draft'; readonly id: string }
  | { readonly to: 'outbox' | 'verify' | 'settings' }

const isSection = (text: string): text is Section => sections.some((section) => section === text)

/** Reads the part of the address after `#`; anything unknown leads to the list of dossiers. */
export const parseRoute = (hash: string): Route => {
  const [head = '', ...rest] = hash.replace(/^#?\/?/, '').split('/')
  if (head === 'outbox' || head === 'verify' || head === 'settings') return { to: head }
  if (head === 'packs') {
    const [view = '', id = ''] = rest
    if ((view === 'pack' || view === 'draft') && /^[0-9a-z-]{1,64}$/.test(id)) return { to: 'packs', view, id }
    return { to: 'packs', view: view === 'sources' ? 'sources' : 'list', id: '' }
  }
  if (head === 'dossier') {
    const [id = '', section = '', at = ''] = rest
    if (/^[0-9a-f-]{36}$/.test(id)) return { to: 'dossier', id, section: isSection(section) ? section : 'overview', at: /^[\w.:-]{1,120}$/.test(at) ? at : '' }
  }
  return { to: 'dossiers', view: head === 'trash' ? 'trash' : 'all' }
}

/** The address of a place, with its `#`. */
export const routeHash = (route: Route): string => {
  switch (route.to) {
    case 'packs': return route.view === 'list' ? '#/packs' : route.view === 'sources' ? '#/packs/sources' : `#/packs/${route.view}/${route.id}`
    case 'dossiers': return route.view === 'trash' ? '#/trash' : '#/'
    case 'dossier': return `#/dossier/${route.id}/${route.section}${route.at === '' ? '' : `/${route.at}`}`
    default: return `#/${route.to}`
  }
}

/** Address of a section of a dossier, with what to bring into view there. */
export const sectionHash = (id: string, section: Section, at = ''): string => routeHash({ to: 'dossier', id, section, at })

export const go = (route: Route): void => {
  window.location.hash = routeHash(route)
}

let current: { readonly hash: string; readonly route: Route } | undefined
const read = (): Route => {
  const { hash } = window.location
  if (current?.hash !== hash) current = { hash, route: parseRoute(hash) }
  return current.route
}
const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** The place the address names; redraws when it changes. */
export const useRoute = (): Route => useSyncExternalStore(subscribe, read)
