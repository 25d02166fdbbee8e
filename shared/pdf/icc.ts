/**
 * The colour space sRGB (IEC 61966-2-1) as an ICC profile of version 4.2: matrix, white point and the parametric tone curve, all as
 * the constants of the standard, so that the bytes are the same everywhere.
 */
export const srgbProfile = (): Uint8Array => {
  const text = (value: string): number[] => Array.from(value, (char) => char.charCodeAt(0))
  const u32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
  const s15f16 = (value: number): number[] => u32(Math.round(value * 65536) | 0)
  const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
  const padded = (bytes: number[]): number[] => [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)]
  const multilingual = (value: string): number[] => padded([...text('mluc'), ...u32(0), ...u32(1), ...u32(12), ...text('enUS'), ...u32(value.length * 2), ...u32(28), ...text(value).flatMap((code) => [0, code])])
  const xyz = (...values: readonly number[]): number[] => [...text('XYZ '), ...u32(0), ...values.flatMap(s15f16)]
  const curve = [...text('para'), ...u32(0), 0, 3, 0, 0, ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(s15f16)]
  // Bradford adaptation from D65 to the profile connection space's D50.
  const adaptation = [...text('sf32'), ...u32(0), ...[1.047882, 0.022919, -0.050201, 0.029587, 0.990484, -0.017079, -0.009252, 0.015073, 0.751678].flatMap(s15f16)]
  const tags: readonly (readonly [string, number[]])[] = [
    ['desc', multilingual('sRGB IEC61966-2.1')], ['cprt', multilingual('Public domain')], ['wtpt', xyz(0.9642, 1, 0.8249)], ['chad', adaptation],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)], ['gXYZ', xyz(0.38515, 0.71687, 0.09708)], ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve], ['gTRC', curve], ['bTRC', curve],
  ]
  const table: number[] = [...u32(tags.length)]
  const data: number[] = []
  let at = 128 + 4 + 12 * tags.length
  const shared = new Map<readonly number[], number>()
  for (const [signature, bytes] of tags) {
    const offset = shared.get(bytes) ?? at
    table.push(...text(signature), ...u32(offset), ...u32(bytes.length))
    if (shared.has(bytes)) continue
    shared.set(bytes, at)
    data.push(...bytes)
    at += bytes.length
  }
  const header = [
    ...u32(at), ...u32(0), ...u32(0x04200000), ...text('mntrRGB XYZ '), 0x07, 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0,
    ...text('acsp'), ...u32(0), ...u32(0), ...u32(0), ...u32(0), ...u32(0), ...u32(0), ...u32(0), ...[0.9642, 1, 0.8249].flatMap(s15f16), ...zeros(48),
  ]
  return Uint8Array.from([...header, ...table, ...data])
}
