/** IPC symbols as typed: `A23L 3/44`, also `A23L3/44` or a subclass alone; spaces put in order, letters made capital. */
const ipcShape = /^([A-H])(\d\d)([A-Z])(?:\s*(\d{1,4})\/(\d{2,6}))?$/

export interface IpcReading {
  readonly codes: string[]
  /** What does not look like an IPC symbol; kept all the same. */
  readonly odd: readonly string[]
}

/** Reads a list of IPC symbols separated by `;`, `,` or line ends. Nothing typed is thrown away. */
export const readIpc = (text: string): IpcReading => {
  const parts = text.split(/[;,\n]/).map((part) => part.trim().replace(/\s+/g, ' ')).filter((part) => part !== '')
  const codes: string[] = []
  const odd: string[] = []
  for (const part of parts) {
    const match = ipcShape.exec(part.toUpperCase())
    const [, section, cls, sub, group, subgroup] = match ?? []
    const code = match === null ? part.slice(0, 500) : `${section}${cls}${sub}${group === undefined ? '' : ` ${group}/${subgroup}`}`
    if (match === null) odd.push(part)
    if (!codes.includes(code)) codes.push(code)
  }
  return { codes: codes.slice(0, 30), odd }
}

/** Field-of-research codes have one, three, five or seven digits, one per level. */
export const fieldCodeLooksRight = (code: string): boolean => code === '' || /^[1-6](\d{2}(\d{2}(\d{2})?)?)?$/.test(code)
