/** Byte permutation of RFC 2268, section 2. */
const permutation = Buffer.from([
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2',
  '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
  '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
  '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
  '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec',
  'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
  '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9',
  '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
].join(''), 'hex')

const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0

const expandKey = (key: Uint8Array, effectiveBits: number): Uint16Array => {
  const bytes = new Uint8Array(128)
  bytes.set(key)
  for (let i = key.length; i < 128; i++) bytes[i] = byteAt(permutation, (byteAt(bytes, i - 1) + byteAt(bytes, i - key.length)) & 255)
  const effective = Math.ceil(effectiveBits / 8)
  const mask = 255 >> (8 * effective - effectiveBits)
  bytes[128 - effective] = byteAt(permutation, byteAt(bytes, 128 - effective) & mask)
  for (let i = 127 - effective; i >= 0; i--) bytes[i] = byteAt(permutation, byteAt(bytes, i + 1) ^ byteAt(bytes, i + effective))
  return Uint16Array.from({ length: 64 }, (_, i) => byteAt(bytes, 2 * i) | (byteAt(bytes, 2 * i + 1) << 8))
}

const rotations = [1, 2, 3, 5]
const word = (words: Uint16Array, index: number): number => words[index & 63] ?? 0
const part = (words: Uint16Array, index: number): number => words[index & 3] ?? 0

const decryptBlock = (block: Uint8Array, keys: Uint16Array): Uint8Array => {
  const r = Uint16Array.from({ length: 4 }, (_, i) => byteAt(block, 2 * i) | (byteAt(block, 2 * i + 1) << 8))
  const unmix = (j: number): void => {
    for (let i = 3; i >= 0; i--) {
      const by = rotations[i] ?? 0
      const value = part(r, i)
      const turned = (value >> by) | (value << (16 - by))
      r[i] = turned - word(keys, j + i) - (part(r, i + 3) & part(r, i + 2)) - (~part(r, i + 3) & part(r, i + 1))
    }
  }
  const unmash = (): void => {
    for (let i = 3; i >= 0; i--) r[i] = part(r, i) - word(keys, part(r, i + 3))
  }
  for (let j = 60; j >= 0; j -= 4) {
    unmix(j)
    if (j === 44 || j === 20) unmash()
  }
  return Uint8Array.from({ length: 8 }, (_, i) => part(r, i >> 1) >> (8 * (i & 1)))
}

/**
 * RC2 in CBC mode (RFC 2268), decryption only: the OpenSSL of today no longer offers it, but certificate files exported by old
 * Windows and OpenSSL versions are wrapped with it. Padding stays on.
 *
 * @param effectiveBits 40 or 128
 */
export const decryptRc2 = (data: Uint8Array, key: Uint8Array, iv: Uint8Array, effectiveBits: number): Buffer => {
  const keys = expandKey(key, effectiveBits)
  const plain = Buffer.alloc(data.length)
  let before = iv
  for (let at = 0; at + 8 <= data.length; at += 8) {
    const block = data.subarray(at, at + 8)
    decryptBlock(block, keys).forEach((byte, i) => {
      plain[at + i] = byte ^ byteAt(before, i)
    })
    before = block
  }
  return plain
}
