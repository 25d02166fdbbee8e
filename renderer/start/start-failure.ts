import { shellEn } from '../../shared/i18n/en/shell.ts'
import { shellVi } from '../../shared/i18n/vi/shell.ts'
import { readPreference } from '../ui/preferences.ts'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import classes from './start-failure.module.css'

/** The step of the start that failed. */
export type StartStep = 'client' | 'store' | 'screen'

const keys = {
  client: ['startClientTitle', 'startClientText'],
  store: ['startStoreTitle', 'startStoreText'],
  screen: ['startScreenTitle', 'startScreenText'],
} as const satisfies Record<StartStep, readonly [keyof typeof shellVi, keyof typeof shellVi]>

const element = (tag: string, className: string | undefined, text: string): HTMLElement => {
  const made = document.createElement(tag)
  if (className !== undefined) made.className = className
  made.textContent = text
  return made
}

/** What a person sees when the program cannot start: drawn without React, which may be what failed. */
export const showStartFailure = (root: HTMLElement, step: StartStep): void => {
  const english = readPreference('language') === 'en'
  const words = english ? shellEn : shellVi
  const [title, text] = keys[step]
  document.documentElement.lang = english ? 'en' : 'vi'
  const card = element('main', classes.card, '')
  card.setAttribute('role', 'alert')
  const again = element('button', classes.again, (english ? commonEn : commonVi).retry)
  again.addEventListener('click', () => window.location.reload())
  card.append(element('h1', undefined, words[title]), element('p', undefined, words[text]), again)
  const screen = element('div', classes.screen, '')
  screen.append(card)
  root.replaceChildren(screen)
}
