import { describe, expect, test } from 'vitest'
import { ownScript, plainMarkup } from '../../../renderer/trust.ts'

describe('the trusted-types policy', () => {
  test('lets style sheets pass and nothing that could be markup', () => {
    const css = '@media (min-width: 48em) { .m:hover > a::after { content: "x"; color: rgb(1 2 3 / 40%) } }'
    expect(plainMarkup(css)).toBe(css)
    expect(plainMarkup('<img src=x onerror=alert(1)>')).toBeNull()
    expect(plainMarkup('&lt;script&gt;')).toBeNull()
    expect(plainMarkup('</style><script>')).toBeNull()
  })

  test.each([
    ['http://127.0.0.1:4827/', '/assets/pdf.worker-1.js', true],
    ['http://127.0.0.1:4827/', 'http://127.0.0.1:4827/assets/w.js', true],
    ['app://local/index.html', 'app://local/assets/w.js', true],
    ['http://127.0.0.1:4827/', 'http://127.0.0.1:4828/w.js', false],
    ['http://127.0.0.1:4827/', 'https://127.0.0.1:4827/w.js', false],
    ['http://127.0.0.1:4827/', '//evil.example/w.js', false],
    ['http://127.0.0.1:4827/', 'http://127.0.0.1:4827@evil.example/w.js', false],
    ['http://127.0.0.1:4827/', 'http://u@127.0.0.1:4827/w.js', false],
    ['http://127.0.0.1:4827/', 'data:text/javascript,alert(1)', false],
    ['http://127.0.0.1:4827/', 'blob:http://127.0.0.1:4827/1', false],
    ['app://local/index.html', 'app://local.evil/w.js', false],
    ['http://127.0.0.1:4827/', 'http://[', false],
  ])('from %s a worker at %s is let through: %s', (base, url, passes) => {
    expect(ownScript(url, base)).toBe(passes ? url : null)
  })
})
