/**
 * The nine fuses of Electron (since 42) and how ours are set; `scripts` of the packaging step write them into the binary, strictly:
 * a tenth fuse stops the build until it is decided here.
 */
export const fuses = {
  /** `ELECTRON_RUN_AS_NODE` would turn the signed program into a general Node. */
  RunAsNode: false,
  /** No cookies are kept; switching this on is one-way. */
  EnableCookieEncryption: false,
  /** `NODE_OPTIONS` could load foreign code; it also stops `NODE_EXTRA_CA_CERTS`, so an extra authority is a setting of ours. */
  EnableNodeOptionsEnvironmentVariable: false,
  /** `--inspect` and its signal. */
  EnableNodeCliInspectArguments: false,
  /** macOS and Windows check the archive; on Linux the package's signature must serve. */
  EnableEmbeddedAsarIntegrityValidation: true,
  /** Without it the check above can be walked round. */
  OnlyLoadAppFromAsar: true,
  /** There is no own snapshot. */
  LoadBrowserProcessSpecificV8Snapshot: false,
  /** Nothing of ours is on `file:`. */
  GrantFileProtocolExtraPrivileges: false,
  /** The default since 42, written down. */
  WasmTrapHandlers: true,
} as const
