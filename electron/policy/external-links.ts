/** The pages help may open in the system's browser, by topic; the page names a topic, never an address. */
export const helpPages = {
  'legal-documents': 'https://vanban.chinhphu.vn/',
  'legal-database': 'https://vbpl.vn/',
  'signature-authority': 'https://neac.gov.vn/',
  'ip-office': 'https://ipvietnam.gov.vn/',
  'ip-search': 'https://wipopublish.ipvietnam.gov.vn/',
  'ipc-classes': 'https://www.wipo.int/classifications/ipc/en/',
} as const satisfies Readonly<Record<string, `https://${string}`>>

const hosts: ReadonlySet<string> = new Set(Object.values(helpPages).map((page) => new URL(page).hostname))

/** The address of a topic, or null for a topic that does not exist. */
export const helpPage = (topic: string): string | null => (Object.hasOwn(helpPages, topic) ? helpPages[topic as keyof typeof helpPages] : null)

/** Last look before anything is handed to the system: `https:`, a listed host, no user, no port. */
export const mayOpenExternally = (address: string): boolean => {
  const url = URL.parse(address)
  return url !== null && url.protocol === 'https:' && hosts.has(url.hostname) && url.username === '' && url.password === '' && url.port === ''
}
