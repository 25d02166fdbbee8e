/** The sign of the product: a balance seen from the front. */
export const Mark = ({ size }: { readonly size: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden>
    <rect width="32" height="32" rx="8" fill="var(--lg-mark, #235f56)" />
    <path d="M16 7v18M11 25h10M8 11h16M8 11l-3.2 7h6.4L8 11Zm16 0-3.2 7h6.4L24 11Z" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)
