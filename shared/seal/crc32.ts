/** Eight tables for eight bytes at a time (slicing-by-8) of the reflected polynomial 0xEDB88320. */
const tables: readonly Uint32Array[] = (() => {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value >>> 0
  })
  const all = [first]
  for (let k = 1; k < 8; k += 1) {
    const former = all[k - 1] ?? first
    all.push(Uint32Array.from(former, (value) => ((first[value & 0xff] ?? 0) ^ (value >>> 8)) >>> 0))
  }
  return all
})()
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array] // built with eight just above

/** CRC-32 as ZIP uses it (ISO-HDLC). Give the former result as `seed` to go on over further pieces. */
export const crc32 = (bytes: Uint8Array, seed = 0): number => {
  let crc = ~seed
  let i = 0
  for (; i + 8 <= bytes.length; i += 8) {
    const low = crc ^ ((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24))
    crc = (t7[low & 0xff] ?? 0) ^ (t6[(low >>> 8) & 0xff] ?? 0) ^ (t5[(low >>> 16) & 0xff] ?? 0) ^ (t4[low >>> 24] ?? 0)
      ^ (t3[bytes[i + 4] ?? 0] ?? 0) ^ (t2[bytes[i + 5] ?? 0] ?? 0) ^ (t1[bytes[i + 6] ?? 0] ?? 0) ^ (t0[bytes[i + 7] ?? 0] ?? 0)
  }
  for (; i < bytes.length; i += 1) crc = (t0[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}
