import { readFileSync } from 'node:fs'
import path from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { fuses } from '../electron/policy/fuses.ts'
import { outOfSupport } from '../electron/policy/support.ts'

// A fuse that the tool learns of, or one that it forgets, does not compile until the policy decides it.
fuses satisfies Readonly<Record<keyof typeof FuseV1Options, boolean>>

/** The part of electron-builder's context that this step needs. */
export interface PackContext {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly packager: {  readonly appInfo: { readonly productFilename: string }; readonly executableName?: string }
}

/** Electron's binary inside an unpacked program. */
export const binaryOf = ({ appOutDir, electronPlatformName, packager }: PackContext): string => {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin' || electronPlatformName === 'mas') return path.join(appOutDir, `${productFilename}.app`)
  if (electronPlatformName === 'win32') return path.join(appOutDir, `${productFilename}.exe`)
  return path.join(appOutDir, packager.executableName ?? productFilename)
}

const electronVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'node_modules', 'electron', 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
}

/**
 * electron-builder's step between packing and signing: writes the nine fuses of `electron/policy/fuses.ts` into the binary. Strict: a
 * binary that knows another number of fuses stops the build. So does an Electron that is out of support.
 */
export const afterPack = async (context: PackContext, now = Date.now()): Promise<void> => {
  const refusal = outOfSupport(electronVersion(), now)
  if (refusal !== null) throw new Error(refusal)
  await flipFuses(binaryOf(context), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Changing the binary breaks the linker's signature, without which Apple's processors do not run a test build.
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    [FuseV1Options.RunAsNode]: fuses.RunAsNode,
    [FuseV1Options.EnableCookieEncryption]: fuses.EnableCookieEncryption,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: fuses.EnableNodeOptionsEnvironmentVariable,
    [FuseV1Options.EnableNodeCliInspectArguments]: fuses.EnableNodeCliInspectArguments,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: fuses.EnableEmbeddedAsarIntegrityValidation,
    [FuseV1Options.OnlyLoadAppFromAsar]: fuses.OnlyLoadAppFromAsar,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: fuses.LoadBrowserProcessSpecificV8Snapshot,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: fuses.GrantFileProtocolExtraPrivileges,
    [FuseV1Options.WasmTrapHandlers]: fuses.WasmTrapHandlers,
  })
}
