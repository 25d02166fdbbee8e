import { type PDFContext, PDFHexString, type PDFObject, type PDFRef, PDFString } from '@cantoo/pdf-lib'

/** Roles of PDF's standard structure (ISO 32000-1, 14.8.4) that the report uses. */
export type StructureRole = 'Document' | 'Sect' | 'H1' | 'H2' | 'H3' | 'P' | 'L' | 'LI' | 'LBody' | 'Table' | 'TR' | 'TH' | 'TD' | 'Caption' | 'Figure' | 'Form' | 'Note'

type Kid = StructureNode | { readonly page: number; readonly mcid: number } | { readonly page: number; readonly object: PDFRef }

/** A node of the document's logical structure (cấu trúc logic), which readers for the blind and text extraction follow. */
export class StructureNode {
  readonly role: StructureRole
  readonly alternative: string
  readonly kids: Kid[] = []

  constructor(role: StructureRole, alternative = '') {
    this.role = role
    this.alternative = alternative
  }

  child(role: StructureRole, alternative = ''): StructureNode {
    const node = new StructureNode(role, alternative)
    this.kids.push(node)
    return node
  }
}

const isNode = (kid: Kid): kid is StructureNode => kid instanceof StructureNode

/**
 * Writes the structure tree. `pages` are the page objects; page `i` has StructParents `i`, form widgets follow after the pages in
 * the order in which they are met.
 * @returns the tree root and the StructParent number of each widget
 */
export const writeStructure = (context: PDFContext, root: StructureNode, pages: readonly PDFRef[], language: string): { readonly ref: PDFRef; readonly widgets: ReadonlyMap<PDFRef, number> } => {
  const rootRef = context.nextRef()
  const marked: PDFRef[][] = pages.map(() => [])
  const objects: PDFRef[] = []
  const widgets = new Map<PDFRef, number>()
  const write = (node: StructureNode, parent: PDFRef): PDFRef => {
    const ref = context.nextRef()
    const kids: PDFObject[] = node.kids.map((kid) => {
      if (isNode(kid)) return write(kid, ref)
      const page = pages[kid.page]
      if (page === undefined) throw new Error('structure on a page that does not exist')
      if ('object' in kid) {
        widgets.set(kid.object, pages.length + objects.length)
        objects.push(ref)
        return context.obj({ Type: 'OBJR', Obj: kid.object, Pg: page })
      }
      const list = marked[kid.page]
      if (list !== undefined) list[kid.mcid] = ref
      return context.obj({ Type: 'MCR', Pg: page, MCID: kid.mcid })
    })
    context.assign(ref, context.obj({
      Type: 'StructElem', S: node.role, P: parent, K: context.obj(kids),
      ...(node.alternative === '' ? {} : { Alt: PDFHexString.fromText(node.alternative) }),
      ...(node.role === 'TH' ? { A: { O: 'Table', Scope: 'Column' } } : {}),
      ...(node.role === 'Document' ? { Lang: PDFString.of(language) } : {}),
    }))
    return ref
  }
  const top = write(root, rootRef)
  const numbers: PDFObject[] = [
    ...marked.flatMap((list, page) => [context.obj(page), context.obj(list)]),
    ...objects.flatMap((ref, index) => [context.obj(pages.length + index), ref]),
  ]
  const parentTree = context.register(context.obj({ Nums: context.obj(numbers) }))
  context.assign(rootRef, context.obj({ Type: 'StructTreeRoot', K: top, ParentTree: parentTree, ParentTreeNextKey: pages.length + objects.length }))
  return { ref: rootRef, widgets }
}

