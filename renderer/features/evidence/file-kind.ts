export type FileKind = 'pdf' | 'image' | 'text' | 'other'

const images = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/avif', 'image/x-icon']
const textEndings = ['txt', 'csv', 'tsv', 'md', 'json', 'xml', 'log', 'ini', 'yaml', 'yml', 'tex', 'html', 'htm', 'svg']
const imageEndings = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'avif']

/**
 * How a file can be shown, from its type and the ending of its name. SVG and HTML count as text: their source is shown,
 * never run.
 */
export const fileKind = (mime: string, name: string): FileKind => {
  const type = mime.toLowerCase().split(';')[0]?.trim() ?? ''
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (type === 'application/pdf' || (type === '' && ending === 'pdf')) return 'pdf'
  if (images.includes(type) || (type === '' && imageEndings.includes(ending))) return 'image'
  if (type.startsWith('text/') || type === 'application/json' || type === 'application/xml' || type === 'image/svg+xml' || textEndings.includes(ending)) return 'text'
  return 'other'
}

/** Text of a file's first bytes: UTF-8 or UTF-16 by its mark, else UTF-8 with what cannot be read shown as �. Null for binary. */
export const textOf = (bytes: Uint8Array): string | null => {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  if (utf16 === null && bytes.includes(0)) return null
  return new TextDecoder(utf16 ?? 'utf-8').decode(bytes)
}
