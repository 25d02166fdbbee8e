/** Tinos in its four styles, bytes of `resources/fonts/*.ttf`. */
export interface ReportFonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
  readonly italic: Uint8Array
  readonly boldItalic: Uint8Array
}

/** A file inside the report (tệp đính kèm). `relationship` is PDF/A-3's AFRelationship. */
export interface ReportAttachment {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  readonly relationship: 'Source' | 'Data' | 'Supplement'
  readonly description: string
}

export interface DrawOptions {
  readonly fonts: ReportFonts
  /** `manifest.json` and `dossier.json`, canonical bytes; never raw evidence. */
  readonly attachments: readonly ReportAttachment[]
  /** Creation and modification time of the file, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly date: string
  /** 32 lower-case hex digits, for example the first half of the seal: the same dossier gives the same file. */
  readonly fileId: string
}

/** Names under which a report carries its dossier. */
export const reportAttachments = { manifest: 'manifest.json', dossier: 'dossier.json' } as const
