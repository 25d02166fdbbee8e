import type { NumberLanguage } from '../kernel/number-text.ts'
import type { ChartModel } from './chart-model.ts'
import type { TreeChart } from './tree-chart.ts'

/*
 * A report as data (mô hình báo cáo): what is said, in which order, with which numbers. Nothing here knows pages, fonts or millimetres;
 * everything here is already in one language and formatted, so that whoever draws it cannot change what it says.
 */

/** A stretch of text in one style. */
export interface Run {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
}

export interface Column {
  readonly title: string
  readonly align: 'left' | 'centre' | 'right'
  /** Share of the width, relative to the other columns. */
  readonly weight: number
}

export interface TableBlock {
  readonly kind: 'table'
  /** Empty when the heading above says enough. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  /** Last rows printed bold, as totals. */
  readonly totals: number
  /** Further rows printed bold, by index: groups above their members. */
  readonly strong?: readonly number[]
}

/** One record of a table with more columns than a page has room for: its name and what it says, field by field. */
export interface RecordCard {
  readonly title: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
}

/** One row of a working (dòng diễn giải). */
export interface TraceRow {
  readonly depth: number
  readonly label: string
  readonly value: string
  /** Formula in symbols. */
  readonly formula: string
  /** The formula in words, source, date, reason and remarks, one line each. */
  readonly details: readonly string[]
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'annex'; readonly label: string; readonly title: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[]; readonly style: 'body' | 'basis' | 'plain' }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  | { readonly kind: 'keyValues'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | TableBlock
  | { readonly kind: 'records'; readonly caption: string; readonly records: readonly RecordCard[] }
  | { readonly kind: 'trace'; readonly rows: readonly TraceRow[] }
  | { readonly kind: 'chart'; readonly chart: ChartModel; readonly caption: string }
  | { readonly kind: 'tree'; readonly tree: TreeChart; readonly caption: string }
  | { readonly kind: 'note'; readonly tone: 'plain' | 'warning'; readonly text: string }
  /** The concluded value, the one thing everybody looks for. */
  | { readonly kind: 'result'; readonly label: string; readonly value: string; readonly lines: readonly string[] }
  | { readonly kind: 'signatures' }

/** A place for a signature (ô ký) with what stands above and below it. */
export interface SignaturePlaceholder {
  /** Name of the PDF field; empty in a draft, which nobody can sign. */
  readonly field: string
  /** `KT. GIÁM ĐỐC` and the like: authority and title, one line each. */
  readonly heading: readonly string[]
  readonly name: string
  /** Below the name, for example the card number of an appraiser. */
  readonly detail: string
}

export interface ReportModel {
  readonly language: NumberLanguage
  /** Drawn across every page while the dossier is not sealed; empty afterwards. */
  readonly draftMark: string
  readonly masthead: {
    readonly issuer: string
    readonly number: string
    /** Name of the state and motto (quốc hiệu, tiêu ngữ). */
    readonly nation: readonly [string, string]
    readonly placeAndDate: string
  }
  readonly title: string
  /** What it is about (trích yếu). */
  readonly subject: string
  readonly blocks: readonly Block[]
  readonly signatures: readonly SignaturePlaceholder[]
  readonly recipients: { readonly title: string; readonly items: readonly string[] }
  /** Printed small at the foot of every page: how to check this report. Empty in a draft. */
  readonly footer: string
  /** Sentence printed when a letter had no glyph and a square stands in its place. */
  readonly missingGlyphs: string
  readonly document: { readonly title: string; readonly subject: string; readonly author: string; readonly keywords: string }
}

/** Names of the signature fields of a report: the person who issues it, and the appraiser in charge. */
export const signatureFieldNames = { issuer: 'NguoiKy', appraiser: 'ThamDinhVien' } as const
