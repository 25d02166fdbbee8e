/** One element of a BER or DER text (ITU-T X.690). */
export interface Ber {
  /** Class and number as in the first byte, without the constructed bit: 0x02 integer, 0x04 octets, 0x06 object identifier, 0x80… context. */
  readonly tag: number
  readonly constructed: boolean
  readonly content: Uint8Array
  readonly children: readonly Ber[]
}

const maxDepth = 24

/** Thrown by the readers below for anything malformed; callers turn it into a fault. */
export class BerError extends Error {}

interface Read {
  readonly node: Ber
  readonly next: number
}

const readLength = (bytes: Uint8Array, at: number): readonly [number | 'indefinite', number] => {
  const first = bytes[at]
  if (first === undefined) throw new BerError('length missing')
  if (first < 0x80) return [first, at + 1]
  if (first === 0x80) return ['indefinite', at + 1]
  const count = first & 0x7f
  if (count > 4) throw new BerError('length too long')
  let length = 0
  for (let i = 1; i <= count; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) throw new BerError('length cut off')
    length = length * 256 + byte
  }
  return [length, at + 1 + count]
}

const readNode = (bytes: Uint8Array, at: number, depth: number): Read => {
  const first = bytes[at]
  if (first === undefined || depth > maxDepth) throw new BerError('cut off or too deep')
  if ((first & 0x1f) === 0x1f) throw new BerError('long tag')
  const constructed = (first & 0x20) !== 0
  const tag = first & ~0x20
  const [length, start] = readLength(bytes, at + 1)
  if (length === 'indefinite') {
    if (!constructed) throw new BerError('indefinite primitive')
    const children: Ber[] = []
    let next = start
    for (;;) {
      if (bytes[next] === 0 && bytes[next + 1] === 0) return { node: { tag, constructed, content: bytes.subarray(start, next), children }, next: next + 2 }
      const child = readNode(bytes, next, depth + 1)
      children.push(child.node)
      next = child.next
    }
  }
  const end = start + length
  if (end > bytes.length) throw new BerError('content cut off')
  const content = bytes.subarray(start, end)
  return { node: { tag, constructed, content, children: constructed ? readAll(content, depth + 1) : [] }, next: end }
}

const readAll = (bytes: Uint8Array, depth: number): readonly Ber[] => {
  const nodes: Ber[] = []
  for (let at = 0; at < bytes.length;) {
    const { node, next } = readNode(bytes, at, depth)
    nodes.push(node)
    at = next
  }
  return nodes
}

/** Reads exactly one element, BER with indefinite lengths included. */
export const readBer = (bytes: Uint8Array): Ber => {
  const { node, next } = readNode(bytes, 0, 0)
  if (next !== bytes.length) throw new BerError('bytes after the end')
  return node
}

/** The element at a place of a sequence, of the demanded tag. */
export const child = (node: Ber, index: number, tag?: number): Ber => {
  const found = node.children[index]
  if (found === undefined || (tag !== undefined && found.tag !== tag)) throw new BerError('element missing')
  return found
}

/** Bytes of an octet string, joined when it came in parts; `tag` is 0x80 where it is tagged implicitly. */
export const octets = (node: Ber, tag = 0x04): Buffer => {
  if (node.tag !== tag) throw new BerError('no octet string')
  return node.constructed ? Buffer.concat(node.children.map((part) => octets(part))) : Buffer.from(node.content)
}

/** A non-negative integer of at most six bytes. */
export const integer = (node: Ber): number => {
  if (node.tag !== 0x02 || node.content.length === 0 || node.content.length > 6 || ((node.content[0] ?? 0) & 0x80) !== 0) throw new BerError('no integer')
  return node.content.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** An object identifier in dotted form. */
export const objectId = (node: Ber): string => {
  if (node.tag !== 0x06 || node.content.length === 0) throw new BerError('no object identifier')
  const arcs: number[] = []
  let arc = 0
  for (const byte of node.content) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new BerError('arc too long')
    if ((byte & 0x80) === 0) {
      arcs.push(arc)
      arc = 0
    }
  }
  const first = arcs[0] ?? 0
  const top = Math.min(Math.floor(first / 40), 2)
  return [top, first - top * 40, ...arcs.slice(1)].join('.')
}
