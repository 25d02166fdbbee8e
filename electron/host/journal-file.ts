import { crc32 } from 'node:zlib'
import type { FileHandle } from './file-system.ts'

/**
 * A dossier's journal file (nhật ký trên đĩa). First line: `luong-gia-journal 1 <dossier>`. Then one line per append,
 * `<crc32 of the JSON, 8 hex> <its bytes> <JSON array of records>`, so that an append is either wholly there or recognisably
 * torn, however the disk ordered its pages. JSON holds no line feed, hence every line feed ends a frame.
 */
export interface JournalRecord {
  readonly seq: number
  readonly hash: string
  readonly line: string
}
interface Frame {
  readonly start: number
  readonly end: number
  readonly records: readonly JournalRecord[]
}

/**
 * How a file ends. `torn`: after `end` comes nothing readable, the mark of a write cut off by a loss of power. `damaged`: after
 * `end` comes something unreadable and then readable frames again, or the file is not ours to understand.
 */
export interface FileEnd {
  readonly state: 'whole' | 'torn' | 'damaged'
  readonly end: number
}

const lineFeed = 0x0a
const maxFrame = 64 * 1_048_576
const headPattern = /^([0-9a-f]{8}) ([1-9]\d{0,7}) /
const longestHead = 18

export const firstLine = (dossier: string): Buffer => Buffer.from(`luong-gia-journal 1 ${dossier}\n`, 'utf8')

export const encodeFrame = (records: readonly JournalRecord[]): Buffer => {
  const body = Buffer.from(JSON.stringify(records.map(({ seq, hash, line }) => ({ seq, hash, line }))), 'utf8')
  const head = `${crc32(body).toString(16).padStart(8, '0')} ${body.length} `
  return Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from('\n', 'latin1')])
}

/** Bytes at a position, fewer at the end of the file. */
export const readAt = async (handle: FileHandle, position: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return buffer.subarray(0, done)
}

const isRecord = (value: unknown): value is JournalRecord =>
  typeof value === 'object' && value !== null
  && 'seq' in value && typeof value.seq === 'number' && Number.isSafeInteger(value.seq) && value.seq > 0
  && 'hash' in value && typeof value.hash === 'string'
  && 'line' in value && typeof value.line === 'string'

const parseRecords = (body: Buffer): JournalRecord[] | null => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return Array.isArray(value) && value.length > 0 && value.every(isRecord) ? value : null
  } catch {
    return null
  }
}

const frameAt = async (handle: FileHandle, size: number, start: number): Promise<Frame | null> => {
  const match = headPattern.exec((await readAt(handle, start, longestHead)).toString('latin1'))
  if (match === null) return null
  const [head, checksum, digits] = match
  const length = Number(digits)
  const end = start + head.length + length + 1
  if (length > maxFrame || end > size) return null
  const body = await readAt(handle, start + head.length, length + 1)
  if (body[length] !== lineFeed) return null
  const content = body.subarray(0, length)
  if (crc32(content).toString(16).padStart(8, '0') !== checksum) return null
  const records = parseRecords(content)
  return records === null ? null : { start, end, records }
}

const window = 1_048_576

/** Whether any readable frame starts after an unreadable place. */
const frameAfter = async (handle: FileHandle, size: number, from: number): Promise<boolean> => {
  for (let position = from; position < size; position += window) {
    const bytes = await readAt(handle, position, Math.min(window, size - position))
    for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
      if ((await frameAt(handle, size, position + at + 1)) !== null) return true
    }
  }
  return false
}

/**
 * Frames in order, each with a right checksum and the next sequence number; the generator's return value says how the file ends.
 *
 * @param from offset of a frame seen before, to go on from there; 0 for the whole file
 */
export async function* readFrames(handle: FileHandle, dossier: string, from = 0): AsyncGenerator<Frame, FileEnd> {
  const { size } = await handle.stat()
  const opening = firstLine(dossier)
  if (size === 0) return { state: 'whole', end: 0 }
  const found = await readAt(handle, 0, opening.length)
  if (!found.equals(opening)) {
    // A first line cut off by a loss of power is a beginning of ours; anything else is another version or another file.
    const cut = size < opening.length && opening.subarray(0, size).equals(found)
    const blank = found.every((byte) => byte === 0) && !(await frameAfter(handle, size, 0))
    return { state: cut || blank ? 'torn' : 'damaged', end: 0 }
  }
  let position = Math.max(from, opening.length)
  let expected = from === 0 ? 1 : 0
  while (position < size) {
    const frame = await frameAt(handle, size, position)
    if (frame === null) return { state: (await frameAfter(handle, size, position)) ? 'damaged' : 'torn', end: position }
    for (const record of frame.records) {
      if (expected !== 0 && record.seq !== expected) return { state: 'damaged', end: position }
      expected = record.seq + 1
    }
    yield frame
    position = frame.end
  }
  return { state: 'whole', end: position }
}
