/** Tables for eight bytes per step (slicing by eight), for the polynomial of ISO 3309 as ZIP uses it. */
const tables = ((): readonly Int32Array[] => {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  const all = [first]
  for (let slice = 1; slice < 8; slice += 1) {
    const before = all[slice - 1] ?? first
    all.push(Int32Array.from(before, (value) => (value >>> 8) ^ (first[value & 255] ?? 0)))
  }
  return all
})()
const [t0 = new Int32Array(256), t1 = t0, t2 = t0, t3 = t0, t4 = t0, t5 = t0, t6 = t0, t7 = t0] = tables

/**
 * CRC-32 as ZIP stores it, unsigned.
 *
 * @param before checksum of the bytes that came before, to go on in pieces; 0 at the start
 */
export const crc32 = (bytes: Uint8Array, before = 0): number => {
  let crc = ~before
  let at = 0
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = crc ^ ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24))
    crc = (t7[low & 255] ?? 0) ^ (t6[(low >>> 8) & 255] ?? 0) ^ (t5[(low >>> 16) & 255] ?? 0) ^ (t4[low >>> 24] ?? 0)
      ^ (t3[bytes[at + 4] ?? 0] ?? 0) ^ (t2[bytes[at + 5] ?? 0] ?? 0) ^ (t1[bytes[at + 6] ?? 0] ?? 0) ^ (t0[bytes[at + 7] ?? 0] ?? 0)
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0)
  return ~crc >>> 0
}
