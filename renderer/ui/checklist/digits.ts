/** Presses the option of that number (from 1) in the question that has the focus; nothing when there is none. */
export const chooseByDigit = (key: string): void => {
  const card = document.activeElement?.closest<HTMLElement>('[data-question]')
  const option = card?.querySelectorAll<HTMLInputElement>('input[type="radio"], input[type="checkbox"]')[Number(key) - 1]
  if (option === undefined || option.disabled) return
  option.click()
  option.focus({ preventScroll: true })
}
