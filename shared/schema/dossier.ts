import { z } from 'zod'
import { bilingual, datum, dossierId, hash, isoDate, isoInstant, line, localId, prose, shortText } from './base.ts'

/** Dossier kinds the law keeps apart (loại hồ sơ). */
export const dossierKinds = ['valuation', 'level', 'projectTech', 'inspection', 'readiness'] as const
export const dossierKind = z.enum(dossierKinds)
export type DossierKind = z.infer<typeof dossierKind>

/** Phases of a dossier (trạng thái hồ sơ); the arrows between them are in dossier/phases.ts. */
export const dossierPhases = ['draft', 'discarded', 'inReview', 'approved', 'sealed', 'signed', 'queued', 'received', 'refused'] as const
export const dossierPhase = z.enum(dossierPhases)
export type DossierPhase = z.infer<typeof dossierPhase>

export const bases = ['market', 'nonMarket', 'investment', 'liquidation'] as const
export const purposes = ['transfer', 'licence', 'capitalContribution', 'auction', 'loan', 'investment', 'stateTask', 'other'] as const
export const ipRightTypes = ['patent', 'utilitySolution', 'industrialDesign', 'trademark', 'copyright', 'tradeSecret', 'layoutDesign', 'plantVariety', 'other'] as const
export const ipRightStates = ['pending', 'granted', 'expired', 'rejected', 'unregistered'] as const

export const ipRight = z.strictObject({
  id: localId,
  type: z.enum(ipRightTypes),
  state: z.enum(ipRightStates),
  number: line,
  title: line,
  territory: line,
  filed: z.union([isoDate, z.literal('')]),
  expires: z.union([isoDate, z.literal('')]),
  holder: line,
})
export type IpRight = z.infer<typeof ipRight>

export const party = z.strictObject({ name: line, address: line, taxCode: line, contact: line })
export type Party = z.infer<typeof party>

/** What is appraised, for whom, why, by whom (thông tin chung của hồ sơ). Empty strings mean "not entered yet". */
export const profile = z.strictObject({
  title: line,
  summary: prose,
  field: line,
  fieldCode: line,
  ipc: z.array(line).max(30),
  stage: line,
  owner: party,
  client: party,
  purpose: z.union([z.enum(purposes), z.literal('')]),
  purposeNote: prose,
  valuationDate: z.union([isoDate, z.literal('')]),
  basis: z.union([z.enum(bases), z.literal('')]),
  basisNote: prose,
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Multiplier of money figures: 1, 1e3, 1e6, 1e9 (đồng, nghìn, triệu, tỷ). */
  moneyScale: z.number().positive(),
  ipRights: z.array(ipRight).max(100),
  contract: line,
  assumptions: prose,
  limits: prose,
  /** The appraising body and its licence facts (tổ chức thẩm định), which gate the title of the report. */
  body: z.strictObject({
    name: line,
    address: line,
    licenceNumber: line,
    licenceDate: z.union([isoDate, z.literal('')]),
    licenceIssuer: line,
    /** Certificate of eligibility for price-appraisal services is held: only then may a report be a chứng thư. */
    licensedForValuation: z.boolean(),
    appraisers: z.array(z.strictObject({ id: localId, name: line, card: line })).max(20),
    legalRepresentative: line,
    legalRepresentativeTitle: line,
    /** Certificates of eligibility for assessment (đánh giá) and inspection (giám định) of technologies, which gate those titles. */
    licences: z.exactOptional(z.array(z.strictObject({ service: z.enum(['assessment', 'inspection']), number: line, date: z.union([isoDate, z.literal('')]), issuer: line })).max(10)),
  }),
})
export type Profile = z.infer<typeof profile>

/** One piece of evidence (chứng cứ): a file in hashed, encrypted pieces, or a link or interview without file. */
export const evidence = z.strictObject({
  id: localId,
  kind: z.enum(['file', 'link', 'interview', 'measurement']),
  title: line,
  note: prose,
  source: line,
  date: z.union([isoDate, z.literal('')]),
  file: z.strictObject({
    name: line,
    mime: shortText(200),
    size: z.number().int().nonnegative(),
    sha256: hash,
    crc32: z.number().int().min(0).max(0xffffffff),
    /** SHA-256 of each 1 MiB piece of the plain bytes, in order. */
    leaves: z.array(hash),
  }).nullable(),
  url: shortText(2000),
})
export type Evidence = z.infer<typeof evidence>

/** One row of a table answer (dòng của bảng): column id → cell; null while a cell is empty. */
export const tableRow = z.record(z.string().max(60), z.union([z.boolean(), z.number(), shortText(2000), z.null()]))
export type TableRow = z.infer<typeof tableRow>

/** Answer to one question of a rule pack (câu trả lời). */
export const answer = z.strictObject({
  value: z.union([z.boolean(), z.number(), shortText(5000), z.array(shortText(200)).max(100), z.array(tableRow).max(500), z.null()]),
  evidence: z.array(localId).max(50),
  note: prose,
  /** 0..1, how sure the assessor is; null when not stated. */
  confidence: z.number().min(0).max(1).nullable(),
})
export type Answer = z.infer<typeof answer>

export const waiver = z.strictObject({ reason: prose, by: line, date: isoDate })
export type Waiver = z.infer<typeof waiver>

/** Rows of a reference table (bảng tham chiếu) that the assessor chose for this dossier, with where the table came from. */
export const referenceChoice = z.strictObject({
  rows: z.array(z.record(z.string().max(60), z.union([z.number(), shortText(2000), z.null()]))).max(200),
  /** Name of the imported file, who published it, and when. */
  table: line,
  source: line,
  date: z.union([isoDate, z.literal('')]),
  /** SHA-256 of the imported file: which edition of the table was used. */
  sha256: hash,
})
export type ReferenceChoice = z.infer<typeof referenceChoice>

/** An assessor who answers the checklist on their own (người đánh giá độc lập); their answers never mix with the agreed ones. */
export const assessor = z.strictObject({ name: line, done: z.boolean(), answers: z.record(z.string(), answer) })
export type Assessor = z.infer<typeof assessor>

/** Weights of the children of one node of a criteria tree (trọng số): given directly, or by pairwise judgements (AHP). */
export const nodeWeights = z.strictObject({
  method: z.enum(['direct', 'ahp']),
  /** Child id → weight as entered, used when `method` is `direct`; any scale, they are brought to a sum of 1. */
  direct: z.record(z.string().max(60), z.number().min(0).max(1e6).nullable()),
  /** One set of judgements per expert: how many times `a` outweighs `b`, 1/9 to 9; used when `method` is `ahp`. */
  experts: z.array(z.strictObject({ name: line, judgements: z.array(z.strictObject({ a: z.string().max(60), b: z.string().max(60), ratio: z.number().positive().max(9) })).max(500) })).max(20),
  reason: prose,
})
export type NodeWeights = z.infer<typeof nodeWeights>

/** What a council decided where the class rules leave a gap (quyết định của hội đồng khi quy định không bao quát). */
export const ruling = z.strictObject({ class: z.string().max(60), reason: prose, by: line, date: isoDate })
export type Ruling = z.infer<typeof ruling>

/** Holidays and days worked in exchange by which the clocks of a checklist run (lịch ngày nghỉ), known for the years given. */
export const calendar = z.strictObject({
  source: line,
  years: z.strictObject({ from: z.number().int().min(1900).max(2199), to: z.number().int().min(1900).max(2199) }),
  holidays: z.array(isoDate).max(1000),
  worked: z.array(isoDate).max(200),
})
export type Calendar = z.infer<typeof calendar>

/** An earlier assessment of the same technology, frozen for comparison (kết quả đánh giá lần trước). */
export const earlierAssessment = z.strictObject({
  dossier: dossierId,
  title: line,
  date: z.union([isoDate, z.literal('')]),
  /** Seal of the earlier dossier, null when it was not sealed. */
  seal: hash.nullable(),
  pack: z.strictObject({ id: z.string().max(80), version: z.string().max(40), sha256: hash }),
  class: z.string().max(60).nullable(),
  /** Numbers by id: section, criterion, figure and `total`. */
  numbers: z.record(z.string().max(80), z.number().nullable()),
})
export type EarlierAssessment = z.infer<typeof earlierAssessment>

export const checklist = z.strictObject({
  pack: z.strictObject({ id: z.string(), version: z.string(), sha256: hash }),
  answers: z.record(z.string(), answer),
  /** Waivers in writing (miễn trừ có lý do), by question or level id. */
  waivers: z.record(z.string(), waiver),
  /** By id of the reference table of the pack. */
  references: z.exactOptional(z.record(z.string().max(60), referenceChoice)),
  assessors: z.exactOptional(z.record(localId, assessor)),
  /** By id of the node of the criteria tree whose children are weighed. */
  weights: z.exactOptional(z.record(z.string().max(60), nodeWeights)),
  /** By id of the gap in the class rules. */
  rulings: z.exactOptional(z.record(z.string().max(60), ruling)),
  calendar: z.exactOptional(calendar),
  earlier: z.exactOptional(earlierAssessment),
})
export type Checklist = z.infer<typeof checklist>

const parameter = z.number().nullable()

/** How an uncertain input is distributed (phân phối của số liệu không chắc chắn); parameters not entered yet are null. */
export const distributionKinds = ['uniform', 'triangular', 'pert', 'normal', 'truncatedNormal', 'lognormal', 'discrete'] as const
export const uncertainInput = z.strictObject({
  kind: z.enum(distributionKinds),
  min: parameter,
  mode: parameter,
  max: parameter,
  mean: parameter,
  sd: parameter,
  /** Values and probabilities of a discrete distribution. */
  points: z.array(z.strictObject({ value: parameter, probability: parameter })).max(50),
  source: line,
  reason: prose,
})
export type UncertainInput = z.infer<typeof uncertainInput>

/**
 * What a simulation and the sensitivity analyses of a sheet start from (thiết lập phân tích bất định). Results are never
 * stored: the same settings give the same bits. A series is moved as a whole, its distribution is that of a factor on all rows.
 */
export const uncertainty = z.strictObject({
  inputs: z.record(z.string(), uncertainInput),
  /** Rank correlations (Spearman) between two of the inputs; a pair that is absent is independent. */
  correlations: z.array(z.strictObject({ a: z.string().max(60), b: z.string().max(60), rank: z.number().min(-1).max(1) })).max(200),
  /** What to do with correlations that cannot exist together: refuse, or use the nearest possible ones (Higham). */
  impossible: z.enum(['refuse', 'nearest']),
  trials: z.number().int().min(100).max(1_000_000),
  /** Seed of the random streams: 0 to 2^64 − 1 in decimal digits. */
  seed: z.string().regex(/^\d{1,20}$/),
  /** Amount in money units of the profile whose chance of being missed or exceeded is asked for. */
  threshold: parameter,
  /** Two-way table: two inputs, each moved by ± this share of its present value. */
  twoWay: z.strictObject({ rows: z.string().max(60), columns: z.string().max(60), share: z.number().positive().max(1) }).nullable(),
  /** Break-even: the level of one input, between two bounds, at which the value reaches the target. */
  breakEven: z.strictObject({ input: z.string().max(60), target: parameter, low: parameter, high: parameter }).nullable(),
})
export type Uncertainty = z.infer<typeof uncertainty>

/** One line of the risk ledger (sổ rủi ro): a risk, where it is counted, and why when it is counted elsewhere too. */
export const riskEntry = z.strictObject({
  risk: z.enum(['technical', 'stage', 'readiness', 'market', 'competition', 'obsolescence', 'legal', 'size', 'illiquidity', 'country', 'currency']),
  place: z.enum(['flow', 'probability', 'rate']),
  /** Method sheet that counts it; empty for the valuation as a whole. */
  sheet: z.union([localId, z.literal('')]),
  /** How it is counted: which input, by how much. */
  how: prose,
  /** Why it is counted here although it is counted elsewhere too. */
  reason: prose,
})
export type RiskLedgerEntry = z.infer<typeof riskEntry>

/** One valuation method in use (phương pháp): a named, versioned method with its inputs. */
export const methodSheet = z.strictObject({
  id: localId,
  /** For example `rfr/1`: method and version; a version once sealed is never edited. */
  method: z.string().regex(/^[a-z][A-Za-z0-9.-]*\/\d+$/),
  title: line,
  role: z.enum(['principal', 'check']),
  weight: z.number().min(0).max(1),
  why: prose,
  inputs: z.record(z.string(), datum),
  /** Absent when the figure is given without an analysis of its uncertainty; logs written before it existed stay as they are. */
  uncertainty: z.exactOptional(uncertainty),
})
export type MethodSheet = z.infer<typeof methodSheet>

/** A figure taken over: one number, one per period, or null where the support gave none. */
const takenFigure = z.union([z.number(), z.array(z.number()).max(200), z.null()])

/** A supporting computation (bảng tính phụ): how a number that a method asks for came about. */
export const support = z.strictObject({
  /** For example `wacc/1`; a version once sealed is never edited. */
  method: z.string().regex(/^[a-z][A-Za-z0-9.-]*\/\d+$/),
  title: line,
  inputs: z.record(z.string(), datum),
  /**
   * Input that took its figure over, of a method sheet or of another support; null before. The link holds while the input still
   * names `source` as where its number comes from.
   */
  for: z.strictObject({
    sheet: localId,
    key: z.string().max(60),
    source: line,
    /** Another number is kept for the reason stated with the input: against which figure, in place of it which value. */
    kept: z.exactOptional(z.strictObject({ figure: takenFigure, value: takenFigure })),
  }).nullable(),
})
export type Support = z.infer<typeof support>

export const valuation = z.strictObject({
  sheets: z.record(z.string(), methodSheet),
  /** What the engine cannot compute yet, or published figures, told in words. */
  narrative: prose,
  conclusion: z.strictObject({
    /** null until the appraiser concludes; otherwise in money units of the profile. */
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    /** Rounding step in money units, 0 = none (quy tắc làm tròn). */
    rounding: z.number().nonnegative(),
    reason: prose,
  }),
  /** Absent in logs written before it existed, and until the first entry. */
  risks: z.exactOptional(z.record(localId, riskEntry)),
  /** Likewise absent until the first one. */
  supports: z.exactOptional(z.record(localId, support)),
})
export type Valuation = z.infer<typeof valuation>

export const councilMember = z.strictObject({
  id: localId,
  name: line,
  title: line,
  organisation: line,
  role: z.enum(['chair', 'deputyChair', 'secretary', 'reviewer', 'member']),
  /** Fields of knowledge (lĩnh vực chuyên môn), as the council rule names them; they fill the seats that the rule demands. */
  expertise: z.array(shortText(40)).max(10).default([]),
  /** Years of experience in those fields; null when not stated. */
  experienceYears: z.number().min(0).max(80).nullable().default(null),
  /** Professional certificate in price appraisal: its name or number; empty when none. */
  certificate: line.default(''),
  /** Declared before scoring (kê khai lợi ích); null = not declared yet. */
  interest: z.strictObject({ conflict: z.boolean(), text: prose, at: isoInstant }).nullable(),
  attendance: z.enum(['present', 'absentBallot', 'absent']),
})
export type CouncilMember = z.infer<typeof councilMember>

export const scorecard = z.strictObject({
  member: localId,
  /** Criterion id → points. */
  points: z.record(z.string(), z.number()),
  comments: z.record(z.string(), prose),
  vote: z.enum(['for', 'against', 'abstain']),
  opinion: prose,
  at: isoInstant,
})
export type Scorecard = z.infer<typeof scorecard>

export const council = z.strictObject({
  /** Council rule pack in force: id, version and hash of its data; null until chosen. */
  rule: z.strictObject({ id: z.string(), version: z.string(), sha256: hash }).nullable(),
  decisionNumber: line,
  meetingDate: z.union([isoDate, z.literal('')]),
  place: line,
  members: z.record(z.string(), councilMember),
  round: z.enum(['none', 'open', 'closed']),
  cards: z.record(z.string(), scorecard),
  minutes: prose,
  /** Result recorded at adoption; recomputable from members, cards and rule. */
  adopted: z.strictObject({ at: isoInstant, outcome: z.enum(['adopted', 'rejected']) }).nullable(),
})
export type Council = z.infer<typeof council>

export const reportFacts = z.strictObject({
  number: line,
  symbol: line,
  place: line,
  date: z.union([isoDate, z.literal('')]),
  validMonths: z.number().int().min(1).max(6),
  signerAuthority: line,
  signerTitle: line,
  signerName: line,
  recipients: z.array(line).max(30),
})
export type ReportFacts = z.infer<typeof reportFacts>

/** What happened to the sealed dossier; never part of the sealed content. */
export const delivery = z.strictObject({
  /** SHA-256 of the manifest: the printed hash of the dossier (mã niêm phong). */
  seal: hash.nullable(),
  sealedAt: isoInstant.nullable(),
  manifest: z.string().max(1_200_000).nullable(),
  /** Sealed texts that the log alone cannot give back (figures, rule packs), by their SHA-256: the package can be rebuilt from here for ever. */
  texts: z.record(hash, z.string()).nullable(),
  jws: z.string().max(10_000).nullable(),
  /** Signed report: its bytes are an encrypted blob on the host, by these leaves. */
  report: z.strictObject({ sha256: hash, size: z.number().int(), crc32: z.number().int().min(0).max(0xffffffff), leaves: z.array(hash), jws: z.string().max(10_000), signer: line, signedAt: isoInstant }).nullable(),
  packageSha256: hash.nullable(),
  receipt: z.string().max(20_000).nullable(),
  receivedAt: isoInstant.nullable(),
  refusal: z.strictObject({ code: shortText(60), text: shortText(2000), at: isoInstant }).nullable(),
})
export type Delivery = z.infer<typeof delivery>

/** The enterprise's consent to give its results to a third party (văn bản đồng ý, TT 17/2019/TT-BKHCN Art 13.1). */
export const consent = z.strictObject({
  /** false: the enterprise was asked and refused. */
  given: z.boolean(),
  by: line,
  position: line,
  date: isoDate,
  /** To whom and for what. */
  scope: prose,
  evidence: z.array(localId).max(20),
})
export type Consent = z.infer<typeof consent>

/** State of a dossier (hồ sơ): the projection of its log. */
export const dossierState = z.strictObject({
  v: z.literal(1),
  id: dossierId,
  kind: dossierKind,
  phase: dossierPhase,
  createdAt: isoInstant,
  createdBy: line,
  /** Seal of the dossier that this one corrects (thay thế hồ sơ). */
  supersedes: hash.nullable(),
  /** Sample dossiers carry the source they were built from, a phrase without full stop. */
  sample: z.strictObject({ id: z.string(), source: bilingual }).nullable(),
  profile,
  evidence: z.record(z.string(), evidence),
  checklist: checklist.nullable(),
  /** Further checklists beside the main one, by pack id (bảng kiểm bổ sung). */
  checklists: z.exactOptional(z.record(z.string().max(80), checklist)),
  consent: z.exactOptional(consent),
  valuation,
  council,
  report: reportFacts,
  delivery,
})
export type DossierState = z.infer<typeof dossierState>
