declare global {
  /** The part of the platform's trusted types this module needs; the compiler's library does not know them yet. */
  interface Window {
    readonly trustedTypes?: {
      readonly createPolicy: (name: string, rules: { readonly createHTML: (text: string) => string | null; readonly createScriptURL: (url: string) => string | null }) => unknown
    }
  }
}

/** Text handed to `innerHTML` must be free of tags and entities: style sheets pass, markup does not. */
export const plainMarkup = (text: string): string | null => (/[<&]/.test(text) ? null : text)

/** Workers may only be loaded from our own origin. */
export const ownScript = (url: string, base: string): string | null => {
  try {
    const parsed = new URL(url, base)
    const own = new URL(base)
    return parsed.protocol === own.protocol && parsed.host === own.host && parsed.username === '' ? url : null
  } catch {
    return null
  }
}

if (typeof window !== 'undefined') {
  // The page is served with `require-trusted-types-for 'script'; trusted-types default`, so this is the only policy there can be.
  window.trustedTypes?.createPolicy('default', { createHTML: plainMarkup, createScriptURL: (url) => ownScript(url, window.location.href) })
}
