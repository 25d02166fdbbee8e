import { PDFContext, PDFHexString, type PDFObject, type PDFRef, PDFString, PDFWriter } from '@cantoo/pdf-lib'
import type { Bytes } from '../kernel/bytes.ts'
import type { Block, ReportModel } from '../report/model.ts'
import { fileIdentifier, writeAttachments, writeInfo, writeMetadata, writeOutline, writeOutputIntent } from './archive.ts'
import { writeNumber } from './append.ts'
import { chartHeight, drawChart } from './blocks/chart.ts'
import { drawTreeBlock, treeHeight } from './blocks/tree.ts'
import { drawMasthead, drawTitle } from './blocks/front.ts'
import { drawRecords, recordsStart } from './blocks/records.ts'
import { drawSignatures, signaturesHeight } from './blocks/signatures.ts'
import { drawKeyValues, drawTable, keyValuesStart, tableStart } from './blocks/table.ts'
import { drawAnnex, drawBullets, drawHeading, drawNote, drawParagraph, drawResult, headingBox, headingGap, paragraphBox, paragraphStart, resultHeight, textHeight } from './blocks/text.ts'
import { drawTrace, traceStart } from './blocks/trace.ts'
import { Canvas, type Fonts, page } from './canvas.ts'
import type { DrawOptions } from './drawing.ts'
import { Flow, lineHeight, type ReservedField } from './flow.ts'
import { StructureNode, writeStructure } from './structure.ts'
import { TextFont } from './text-font.ts'

/**
 * Draws a report (vẽ báo cáo) on pages after NĐ 30/2020/NĐ-CP: A4, Tinos, national heading, numbered pages, reserved places for
 * signatures; structure, language, outline and metadata of an archive file (PDF/A-3b), with the attachments given.
 * The same model and options give the same bytes on every machine: no clock, no chance, no locale.
 */
export const drawReport = async (model: ReportModel, options: DrawOptions): Promise<Bytes> => {
  const fonts: Fonts = {
    regular: await TextFont.open(options.fonts.regular, 'LGREGU', 'Tinos-Regular'),
    bold: await TextFont.open(options.fonts.bold, 'LGBOLD', 'Tinos-Bold'),
    italic: await TextFont.open(options.fonts.italic, 'LGITAL', 'Tinos-Italic'),
    boldItalic: await TextFont.open(options.fonts.boldItalic, 'LGBOIT', 'Tinos-BoldItalic'),
  }
  const canvas = new Canvas(fonts)
  const document = new StructureNode('Document')
  const flow = new Flow(canvas, document.child('Sect'), (index) => decorate(canvas, model, index))
  drawMasthead(flow, model)
  drawTitle(flow, model)
  drawBlocks(flow, model)
  if (Object.values(fonts).some((font) => font.missing)) drawNote(flow, { kind: 'note', tone: 'plain', text: model.missingGlyphs })
  return write(model, options, flow, document)
}

/** What every page carries besides its text: draft mark, page number from the second page on, seal at the foot. */
const decorate = (canvas: Canvas, model: ReportModel, index: number): void => {
  canvas.use('artefact')
  if (model.draftMark !== '') canvas.watermark(model.draftMark, 96)
  if (index > 0) canvas.centred(String(index + 1), (page.left + page.right) / 2, page.top + 22, 'regular', 13)
  if (model.footer !== '') canvas.centred(model.footer, (page.left + page.right) / 2, page.bottom - 34, 'regular', 8, [0.35, 0.35, 0.35])
}

const drawBlocks = (flow: Flow, model: ReportModel): void => {
  for (const [i, block] of model.blocks.entries()) {
    if (block.kind === 'heading') flow.ensure(headingGap(block.level) + textHeight(flow.canvas, [{ text: block.text, bold: true }], headingBox, 4) + startOf(flow, model, i + 1))
    // The signatures never stand alone on a page: the paragraph before goes with them.
    if (model.blocks[i + 1]?.kind === 'signatures') flow.ensure(signaturesHeight(flow.canvas, model) + (block.kind === 'paragraph' ? 6 + textHeight(flow.canvas, block.runs, paragraphBox(block.style), 12) : 4 * lineHeight(13)))
    drawBlock(flow, model, block)
  }
}

/** How much of the next block must follow a heading on the same page. */
const startOf = (flow: Flow, model: ReportModel, index: number): number => {
  const block = model.blocks[index]
  const { canvas } = flow
  switch (block?.kind) {
    case 'heading': return headingGap(block.level) + textHeight(canvas, [{ text: block.text, bold: true }], headingBox, 4) + startOf(flow, model, index + 1)
    case 'paragraph': return paragraphStart(canvas, block.runs, paragraphBox(block.style))
    case 'table': return tableStart(canvas, block)
    case 'keyValues': return keyValuesStart(canvas, block)
    case 'records': return recordsStart(canvas, block)
    case 'trace': return traceStart(canvas, block)
    case 'chart': return chartHeight(canvas, block, model.language)
    case 'tree': return treeHeight(canvas, block, model.language)
    case 'result': return 10 + resultHeight(flow, block)
    case 'note':
    case 'bullets': return 3 * lineHeight(13)
    default: return 0
  }
}

const drawBlock = (flow: Flow, model: ReportModel, block: Block): void => {
  switch (block.kind) {
    case 'heading': return drawHeading(flow, block)
    case 'annex': return drawAnnex(flow, block)
    case 'paragraph': return drawParagraph(flow, block)
    case 'bullets': return drawBullets(flow, block)
    case 'keyValues': return drawKeyValues(flow, block)
    case 'table': return drawTable(flow, block)
    case 'records': return drawRecords(flow, block)
    case 'trace': return drawTrace(flow, block)
    case 'chart': return drawChart(flow, block, model.language)
    case 'tree': return drawTreeBlock(flow, block, model.language)
    case 'note': return drawNote(flow, block)
    case 'result': return drawResult(flow, block)
    case 'signatures': return drawSignatures(flow, model)
  }
}

const write = async (model: ReportModel, options: DrawOptions, flow: Flow, document: StructureNode): Promise<Bytes> => {
  const context = PDFContext.create()
  const { canvas } = flow
  const contents = canvas.finish()
  const catalogue = context.nextRef()
  const tree = context.nextRef()
  const pages = contents.map(() => context.nextRef())
  const widgets = flow.fields.map((field) => ({ field, ref: context.nextRef() }))
  for (const { field, ref } of widgets) field.node.kids.push({ page: field.page, object: ref })

  const fontRefs: Record<string, PDFRef> = {}
  for (const [name, font] of [['F1', canvas.fonts.regular], ['F2', canvas.fonts.bold], ['F3', canvas.fonts.italic], ['F4', canvas.fonts.boldItalic]] as const) {
    if (!font.used) continue
    const ref = context.nextRef()
    fontRefs[name] = ref
    await font.embed(context, ref)
  }
  const resources = context.register(context.obj({ Font: fontRefs }))
  const structure = writeStructure(context, document, pages, model.language)
  for (const [i, content] of contents.entries()) {
    const own = widgets.filter(({ field }) => field.page === i).map(({ ref }) => ref)
    const ref = pages[i]
    if (ref === undefined) throw new Error('page without a number')
    context.assign(ref, context.obj({
      Type: 'Page', Parent: tree, MediaBox: [0, 0, page.width, page.height], Resources: resources, StructParents: i, Tabs: 'S',
      Contents: context.register(context.flateStream(content)),
      ...(own.length === 0 ? {} : { Annots: own }),
    }))
  }
  context.assign(tree, context.obj({ Type: 'Pages', Kids: context.obj([...pages]), Count: pages.length }))
  for (const { field, ref } of widgets) context.assign(ref, widgetOf(context, field, pages, structure.widgets.get(ref) ?? 0))

  const attachments = writeAttachments(context, options.attachments, options.date)
  const outline = writeOutline(context, flow.bookmarks, pages)
  context.assign(catalogue, context.obj({
    Type: 'Catalog', Pages: tree, Lang: PDFString.of(model.language), MarkInfo: { Marked: true }, StructTreeRoot: structure.ref,
    ViewerPreferences: { DisplayDocTitle: true }, Metadata: writeMetadata(context, model, options.date), OutputIntents: [writeOutputIntent(context)],
    ...(outline === null ? {} : { Outlines: outline, PageMode: 'UseOutlines' }),
    ...(attachments === null ? {} : { Names: attachments.names, AF: attachments.files }),
    ...(widgets.length === 0 ? {} : { AcroForm: context.register(context.obj({ Fields: widgets.map(({ ref }) => ref) })) }),
  }))
  const id = fileIdentifier(options)
  context.trailerInfo.Root = catalogue
  context.trailerInfo.Info = writeInfo(context, model, options.date)
  context.trailerInfo.ID = context.obj([id, id])
  return new Uint8Array(await PDFWriter.forContext(context, Infinity).serializeToBuffer())
}

/** An empty signature field with its widget: printed, with an empty appearance, as PDF/A wants. */
const widgetOf = (context: PDFContext, field: ReservedField, pages: readonly PDFRef[], structParent: number): PDFObject => {
  const [left, bottom, right, top] = field.box
  const appearance = context.register(context.stream('', { Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [0, 0, right - left, top - bottom], Resources: {} }))
  const pageRef = pages[field.page]
  if (pageRef === undefined) throw new Error('field without a page')
  return context.obj({
    Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: PDFString.of(field.field), TU: PDFHexString.fromText(field.tooltip), Rect: field.box.map((value) => Number(writeNumber(value))), F: 4, P: pageRef, StructParent: structParent,
    AP: { N: appearance },
  })
}
