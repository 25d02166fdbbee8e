import { err, ok, type Result } from '../../kernel/result.ts'
import { guarded, openPdf, type PdfFault, type PdfFile } from './document.ts'
import { isKind, type PdfObject, textOfString } from './objects.ts'

/** A file embedded in a PDF (tệp đính kèm trong PDF). */
export interface PdfAttachment {
  readonly name: string
  readonly mime: string
  /** AFRelationship: `Source`, `Data`, …; empty when not said. */
  readonly relationship: string
  readonly bytes: Uint8Array
}

const MAX_ATTACHMENTS = 1000
const MAX_TREE = 5000

/** Files in the name tree EmbeddedFiles, in its order. Bounded; damage anywhere on the way is a fault, not a shorter list. */
export const extractAttachments = (pdf: Uint8Array): Result<readonly PdfAttachment[], PdfFault> => {
  const file = openPdf(pdf)
  return file.ok ? guarded(() => attachmentsOf(file.value)) : file
}

const attachmentsOf = (file: PdfFile): Result<readonly PdfAttachment[], PdfFault> => {
  const names = file.resolve(file.root.map.get('Names'))
  const tree = isKind(names, 'dict') ? names.map.get('EmbeddedFiles') : undefined
  const found: PdfAttachment[] = []
  const open: (PdfObject | undefined)[] = [tree]
  for (let visited = 0; open.length > 0; visited++) {
    if (visited > MAX_TREE || open.length > MAX_TREE || found.length > MAX_ATTACHMENTS) return err('pdf-damaged')
    const node = file.resolve(open.pop())
    if (!isKind(node, 'dict')) continue
    const kids = file.resolve(node.map.get('Kids'))
    if (isKind(kids, 'array')) open.push(...kids.items.slice(0, MAX_TREE).toReversed())
    const pairs = file.resolve(node.map.get('Names'))
    if (!isKind(pairs, 'array')) continue
    for (let i = 1; i < pairs.items.length; i += 2) {
      const attachment = attachmentFrom(file, pairs.items[i])
      if (attachment === null) return err('pdf-damaged')
      found.push(attachment)
    }
  }
  return ok(found)
}

const attachmentFrom = (file: PdfFile, object: PdfObject | undefined): PdfAttachment | null => {
  const spec = file.resolve(object)
  if (!isKind(spec, 'dict')) return null
  const streams = file.resolve(spec.map.get('EF'))
  const stream = isKind(streams, 'dict') ? file.resolve(streams.map.get('UF') ?? streams.map.get('F')) : null
  if (!isKind(stream, 'stream')) return null
  const bytes = file.decode(stream)
  if (bytes === null) return null
  const relationship = file.resolve(spec.map.get('AFRelationship'))
  const mime = file.resolve(stream.dict.map.get('Subtype'))
  return {
    name: textOfString(file.resolve(spec.map.get('UF') ?? spec.map.get('F'))),
    mime: isKind(mime, 'name') ? mime.name : '',
    relationship: isKind(relationship, 'name') ? relationship.name : '',
    bytes,
  }
}
