import { describe, expect, test, vi } from 'vitest'
import { fileKind, textOf } from '../../../../renderer/features/evidence/file-kind.ts'
import { isWebAddress } from '../../../../renderer/features/evidence/EvidenceDetail.tsx'
import { readPieces } from '../../../../renderer/features/evidence/read-pieces.ts'
import type { Store } from '../../../../renderer/store/api.ts'
import { err, ok } from '../../../../shared/kernel/result.ts'

describe('how a file is shown', () => {
  test.each([
    ['application/pdf', 'a.pdf', 'pdf'], ['', 'a.PDF', 'pdf'], ['image/jpeg', 'a.jpg', 'image'], ['', 'ảnh.PNG', 'image'], ['text/csv', 'a.csv', 'text'], ['application/octet-stream', 'số đo.csv', 'text'],
    ['image/svg+xml', 'a.svg', 'text'], ['text/html', 'a.html', 'text'], ['application/x-msdownload', 'a.exe', 'other'], ['application/zip', 'a.zip', 'other'], ['application/octet-stream', 'a.pdf', 'other'],
  ] as const)('%s %s: %s', (mime, name, kind) => {
    expect(fileKind(mime, name)).toBe(kind)
  })

  test('text is read by its mark, binary is none', () => {
    expect(textOf(new TextEncoder().encode('Biên bản'))).toBe('Biên bản')
    expect(textOf(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toBe('A')
    expect(textOf(new Uint8Array([0xfe, 0xff, 0x00, 0x41]))).toBe('A')
    expect(textOf(new Uint8Array([0x50, 0x4b, 0x00, 0x04]))).toBeNull()
    expect(textOf(new Uint8Array([0x41, 0xc3]))).toBe('A\ufffd')
  })
})

test.each([['https://ipvietnam.gov.vn/a?b=1', true], ['http://a.vn', true], ['https://', false], ['ftp://a.vn', false], ['javascript:alert(1)', false], ['https://a b', false], ['a.vn', false]])('%s is an address to note: %s', (text, right) => {
  expect(isWebAddress(text)).toBe(right)
})

describe('reading a file in pieces', () => {
  const size = 2_500_000
  const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251)
  const storeOf = (readEvidence: Store['readEvidence']): Store => ({ readEvidence } as Store) // The rest of the store is not asked.

  test('gives the stretch asked for, at most a piece at a time', async () => {
    const read = vi.fn<Store['readEvidence']>((_, __, offset, length) => Promise.resolve(ok(bytes.slice(offset, offset + length))))
    const got = await readPieces(storeOf(read), 'd', 'e', 10, size)
    expect(got.ok && Buffer.from(got.value).equals(Buffer.from(bytes.subarray(10)))).toBe(true)
    expect(Math.max(...read.mock.calls.map(([, , , length]) => length))).toBeLessThanOrEqual(1_048_576)
  })

  test('stops at a fault, at the end of the bytes and when asked to', async () => {
    const broken = await readPieces(storeOf(() => Promise.resolve(err('decrypt-failed'))), 'd', 'e', 0, 10)
    expect(broken).toEqual(err('decrypt-failed'))
    const short = await readPieces(storeOf(() => Promise.resolve(ok(new Uint8Array(0)))), 'd', 'e', 0, 10)
    expect(short).toEqual(err('not-found'))
    const stop = new AbortController()
    const stopped = await readPieces(storeOf((_, __, offset, length) => {
      stop.abort()
      return Promise.resolve(ok(bytes.slice(offset, offset + length)))
    }), 'd', 'e', 0, size, stop.signal)
    expect(stopped).toEqual(err('cancelled'))
  })
})
