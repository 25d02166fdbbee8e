/** What the build writes into `index.html` wherever a nonce belongs; both doors put a fresh one in its place. */
export const noncePlaceholder = '__LUONG_GIA_NONCE__'

const noncePattern = /^[A-Za-z0-9+/]{22,64}={0,2}$/

/**
 * The content policy (chính sách nội dung) of our page. Styles need a nonce because Mantine writes style tags; text handed to
 * `innerHTML` passes through the one trusted-types policy `default`, which refuses markup. `connect-src 'self'` names nothing but
 * our own origin: the network belongs to the host.
 *
 * @param nonce at least 16 random bytes in base64, fresh for every answer
 */
export const contentPolicy = (nonce: string): string => {
  if (!noncePattern.test(nonce)) throw new Error('a nonce is base64 of at least 16 bytes')
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    'frame-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** The page with its nonce; the result depends on nothing but the two texts. */
export const withNonce = (html: string, nonce: string): string => html.replaceAll(noncePlaceholder, nonce)

/** Headers that go with every answer of both doors. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
}

/** Names of files under `/assets/` carry their hash, so they may be kept; everything else is asked for anew. */
export const cacheControl = (path: string): string => (path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store')
