import type { Answer, TableRow } from '../../shared/schema/dossier.ts'

/*
 * Answers as an assessor would write them, by symbol or id of the question, for every pack of the program. What is not said here is filled in by
 * the type of the question, see assessment-dossiers.ts. Names, numbers and works are invented.
 */

type Value = Answer['value']
export type Given = Readonly<Record<string, Value>>

/** An enterprise of 240 people that dries tropical fruit, assessed by TT 17/2019: a middling result with clear weak sides. */
export const level: Given = {
  'r-nghiep-vu': 'UNIVERSITY', 'r-quy-mo': 'BOTH', 'r-duoi-khung': 'ZERO', 'r-sau-noi-dung': 'CAP', 'r-nhan-luc': 'BOTH', 'r-nam-phan-tram': 'ABOVE', 'r-xep-loai': 'COUNCIL', 'r-ba-nam': 'FINANCIAL',
  nam: 2026, 'lao-dong': 240, 'lao-dong-truc-tiep': 185, 'nguon-von': 128_400_000_000, 'gia-tri-hien-tai': 46_250_000_000, 'gia-tri-san-pham': 152_700_000_000, 'nguyen-vat-lieu': 58_900_000_000,
  'doanh-thu-3-nam': 418_600_000_000, 'doanh-thu-nam': 151_300_000_000, 'don-vi-chuan': 'MILLION',
  'nguyen-gia': 79_800_000_000, 'tong-dau-tu': 96_500_000_000, 'thiet-bi-mo-rong': 7_400_000_000, 'thiet-bi-thay-the': 3_150_000_000, 'giai-phap': ['SCADA', 'MDC'], 'nang-luong': 9_870_000_000, 'tieu-chuan': 'NATIONAL',
  'sang-kien-chuong-trinh': true, 'sang-kien-tang': false, 'sang-kien-ap-dung': true, 'bao-duong': 'PERIODIC', 'tiep-nhan': 'LICENCE',
  'cong-nhan': 120, 'bac-cao': 14, 'quan-ly': 9, 'nghiep-vu-dai-hoc': 21, 'nghiep-vu-cao-dang': 12,
  'chi-dao-tao': 1_130_000_000, 'he-thong-thong-tin': ['ERP', 'PPS', 'SCM'], 'san-luong-thuc-te': 3_180, 'cong-suat-thiet-ke': 4_000, 'gia-tri-dat': 401_200_000_000, 'gia-tri-san-pham-3-nam': 416_900_000_000,
  'chat-luong': 'CERTIFIED', 'cong-cu-nang-suat': false, 'moi-truong': 'COMPLIANT', 'xu-ly-chat-thai': true, 'tai-che': true,
  'cong-nghe-thong-tin': 'SOME_APPS', 'chi-thong-tin': 1_460_000_000, 'tong-chi-phi': 371_000_000_000, 'nhan-luc-nghien-cuu': 5, 'ha-tang': 'PART_TIME_UNIT', quy: false, 'chi-nghien-cuu': 2_020_000_000,
  'san-pham-moi': 'NEW_FUNCTION', 'doanh-thu-san-pham-moi': 6_900_000_000, 'cong-nghe-moi': 'PILOT_OR_LAB', 'lien-ket': 'HIRE_BUY_TRAIN', 'chien-luoc-so': true, 'cong-nghe-so': 'STUDYING',
}

/** Made-up benchmarks of an industry; the official ones are not at hand anywhere. */
export const benchmarkRow = { vsic: '1030', year: 2025, industry: 'Chế biến và bảo quản rau quả', k1: 190, k2: 7.4, k3: 46, k4: 310, note: '' }

/** The same enterprise with nothing done for research and innovation: the points reach a class, the evenness of the groups does not. */
export const levelInGap: Given = {
  ...level,
  'tieu-chuan': 'INTL', 'giai-phap': ['SCADA', 'MDC', 'FMS', 'CIM'], 'sang-kien-tang': true, 'bao-duong': 'DIAGNOSTIC', 'tiep-nhan': 'INVENTION', 'bac-cao': 40, 'quan-ly': 20, 'chi-dao-tao': 5_000_000_000,
  'he-thong-thong-tin': ['MES', 'ERP', 'PLM', 'PDM', 'PPS'], 'cong-cu-nang-suat': true, 'moi-truong': 'CERTIFIED', 'cong-nghe-thong-tin': 'INTEGRATED',
  'thiet-bi-mo-rong': 18_000_000_000, 'nang-luong': 6_000_000_000, 'nhan-luc-nghien-cuu': 0, 'ha-tang': 'NONE', 'chi-nghien-cuu': 0,
  'san-pham-moi': 'NONE', 'doanh-thu-san-pham-moi': 0, 'cong-nghe-moi': 'NONE', 'lien-ket': 'NONE', 'chien-luoc-so': false, 'cong-nghe-so': 'NONE',
}

const option = (name: string, origin: string, points: readonly [number, number, number], chosen: boolean, reason: string): TableRow =>
  ({ option: name, origin, completeness: points[0], advancement: points[1], suitability: points[2], chosen, reason })
const machine = (name: string, quantity: number, origin: string, parameters: string, made: number | null, standard: string): TableRow =>
  ({ machine: name, quantity, 'machine-origin': origin, parameters, state: made === null ? 'new' : 'used', made, imported: made === null ? null : 2027, 'years-used': made === null ? null : 2026 - made, 'years-left': made === null ? null : 12, warranty: 24, 'machine-standard': standard })
const material = (name: string, kind: string, amount: number, unit: string, value: number, imported: number, supplier: string): TableRow =>
  ({ material: name, 'material-kind': kind, amount, 'amount-unit': unit, value, 'imported-share': imported, 'low-pollution': kind !== 'fuel', supplier })
const opinion = (name: string, field: string, view: string, conditions: string): TableRow => ({ 'expert-name': name, 'expert-field': field, view, written: true, secrecy: true, conditions })

const project: Given = {
  'law-applied': 'original', ground: 'compulsory', restricted: false, envRisk: true, authority: 'Sở Khoa học và Công nghệ tỉnh Đồng Tháp',
  'file-notes': 'Bổ sung bảng cân bằng nhiệt của công đoạn sấy và hợp đồng cung cấp xoài của ba hợp tác xã.',
  onProhibited: 'off', onRestricted: 'off', onEncouraged: 'on', highTechPark: false, usedImports: true, ageLimit: 10,
  options: [
    option('Sấy bơm nhiệt kết hợp hồng ngoại', 'Việt Nam, chuyển giao từ Viện Công nghệ sau thu hoạch', [4, 5, 5], true, 'Giữ màu và mùi, tiêu thụ 0,62 kWh mỗi kilôgam nước bốc hơi; cần đào tạo người vận hành ba tháng.'),
    option('Sấy thăng hoa', 'Đan Mạch', [5, 5, 3], false, 'Chất lượng cao nhất, vốn đầu tư gấp bốn lần và chi phí điện lớn so với giá bán dự kiến.'),
    option('Sấy băng tải khí nóng', 'Trung Quốc', [5, 3, 3], false, 'Rẻ, dễ vận hành; sản phẩm sẫm màu, không đáp ứng yêu cầu của thị trường Nhật Bản và Hàn Quốc.'),
  ],
  'product-list': [
    { product: 'Xoài sấy dẻo', standard: 'TCVN 10393:2014, Codex CXS 130', output: 2_400, 'output-unit': 'tấn', share: 6.5, export: 70, source: 'Hiệp hội Rau quả Việt Nam, báo cáo 2025' },
    { product: 'Thanh long sấy', standard: 'TCCS 03:2026', output: 950, 'output-unit': 'tấn', share: 4, export: 55, source: 'Khảo sát 42 nhà nhập khẩu' },
    { product: 'Mít sấy giòn', standard: 'TCCS 04:2026', output: 650, 'output-unit': 'tấn', share: 3.2, export: 40, source: 'Khảo sát 42 nhà nhập khẩu' },
  ],
  'equipment-list': [
    machine('Bơm nhiệt sấy lạnh 120 kW', 12, 'Nhật Bản, Mayekawa', 'Nhiệt độ sấy 38–55 °C, COP 4,1, môi chất CO₂', null, 'JIS B 8602'),
    machine('Buồng hồng ngoại gốm', 12, 'Việt Nam, Viện Công nghệ sau thu hoạch', 'Bước sóng 3–6 µm, 18 kW mỗi buồng, điều khiển theo độ ẩm bề mặt', null, 'TCVN 7699'),
    machine('Máy gọt vỏ, cắt lát tự động', 4, 'Cộng hòa Liên bang Đức, FTNON', '1.500 quả mỗi giờ, dao gốm, sai lệch lát 0,3 mm', 2019, 'DIN EN 1672-2'),
    machine('Máy đóng gói khí biến đổi', 3, 'Ý, ILAPAK', '60 gói mỗi phút, O₂ dư dưới 0,5 %', 2014, 'EN ISO 12100'),
  ],
  'materials-list': [
    material('Xoài tươi cát Chu, cát Hòa Lộc', 'raw', 13_200, 'tấn', 198_000_000_000, 0, 'Ba hợp tác xã huyện Cao Lãnh, hợp đồng nguyên tắc đến 2032'),
    material('Điện', 'fuel', 9_600_000, 'kWh', 18_700_000_000, 0, 'Công ty Điện lực Đồng Tháp; 1,2 MWp điện mặt trời mái'),
    material('Màng bao gói nhiều lớp', 'part', 210, 'tấn', 14_700_000_000, 65, 'Hàn Quốc và Bình Dương'),
  ],
  opinions: [
    opinion('TS. Lê Minh Tâm', 'Kỹ thuật nhiệt – lạnh', 'agree', ''),
    opinion('PGS.TS Trần Thu Trang', 'Công nghệ sau thu hoạch', 'conditional', 'Phải có hệ thống thu hồi nước ngưng và xử lý nước rửa quả trước khi vận hành chính thức.'),
    opinion('KS. Nguyễn Hữu Phước', 'Môi trường công nghiệp', 'agree', ''),
  ],
  consultation: 'council', 'council-decision': 'Quyết định số 318/QĐ-SKHCN ngày 12/05/2026', conclusionWritten: true,
  complete: '2026-05-11', answeredOn: '2026-05-29', jobs: 186, eUsedOrigin: 'fix', eUsedState: 'fix', fUsed: 'partly', mSupply: 'fix', 'other-matters': 'Không có.',
  opinion: 'Công nghệ sấy bơm nhiệt kết hợp hồng ngoại phù hợp với nguyên liệu, quy mô và thị trường của dự án; đã được kiểm chứng một vụ ở quy mô 500 kg mỗi ngày.',
  conditions: 'Thay máy đóng gói sản xuất năm 2014 hoặc chứng minh được phép nhập khẩu.\nBổ sung hợp đồng nguyên liệu cho 4.000 tấn mỗi năm.', dissent: '',
}
export const projectPolicy: Given = { ...project, received: '2026-05-06', forwarded: '2026-05-08', publicInvestment: false, decider: 'other' }
export const projectDecision: Given = {
  ...project, received: '2026-05-06', forwarded: '2026-05-08', construction: true, group: 'b', capital: 'budget', 'same-body': true, dayKind: 'working', extended: true, extension: 5, extensionNotice: '2026-05-20', extensionReason: 'Chờ kết quả đo nước rửa quả',
  costTechnology: 38_000_000_000, costMachines: 126_500_000_000, costTraining: 4_200_000_000, complete: '2026-05-11', answeredOn: '2026-06-03',
}

interface Indicator { readonly name: string; readonly unit: string; readonly clause: string; readonly direction: string; readonly agreed: number | null; readonly tolerance?: number; readonly measured: number | null; readonly u: number | null; readonly method: string; readonly instrument: string; readonly judgement?: string; readonly note?: string }
const indicator = ({ name, unit, clause, direction, agreed, tolerance, measured, u, method, instrument, judgement, note }: Indicator): TableRow => ({
  indicator: name, 'measure-unit': unit, clause, direction, agreed, tolerance: tolerance ?? null, measured, uncertainty: u, judgement: judgement ?? null, 'test-method': method, instrument,
  'needs-calibration': instrument !== '', 'calibration-certificate': instrument === '' ? '' : `HC-2026-${String(name.length * 37)}`, 'calibrated-until': instrument === '' ? null : '2027-03-31', 'measured-on': '2026-09-17', 'measured-at': 'Xưởng số 2, Khu công nghiệp Trần Quốc Toản, Cao Lãnh', 'row-note': note ?? '',
})
const inspector = (name: string, speciality: string, experience: number): TableRow => ({ inspector: name, speciality, degree: true, experience, trained: true, official: true })

/** An inspection of a drying line against nine indicators of its contract, one of them missed. */
export const inspection: Given = {
  'contract-number': 'Hợp đồng chuyển giao công nghệ số 12/2026/CGCN ngày 03/02/2026, Phụ lục 3', parties: 'Bên giao: Viện Công nghệ sau thu hoạch. Bên nhận: Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp.', client: 'both',
  'technology-scope': 'Dây chuyền sấy bơm nhiệt kết hợp hồng ngoại 500 kg/ngày tại xưởng số 2; không giám định công đoạn phân loại và đóng gói.',
  agreedCount: 9, inspectionFrom: '2026-09-15', inspectionTo: '2026-09-19', legalBody: true, certified: true, 'certificate-facts': 'Số 08/GCN-KHCN ngày 12/03/2025, Bộ Khoa học và Công nghệ; lĩnh vực chế biến nông sản',
  management: 'accredited', independent: true, inspectors: [inspector('Trần Quốc Việt', 'Kỹ thuật nhiệt', 11), inspector('Phạm Thu Hà', 'Công nghệ thực phẩm', 7), inspector('Đoàn Minh Khôi', 'Tự động hóa', 4)],
  'method-document': 'Quy trình giám định dây chuyền sấy QT-GĐ-07, phiên bản 2.1 ngày 10/01/2026', 'certificate-form': 'Chứng thư giám định công nghệ, ký hiệu BM-GĐ-03, ban hành ngày 10/01/2026', sampling: 'taken', 'sampling-plan': 'Mỗi mẻ lấy 5 mẫu 200 g tại bốn góc và giữa khay, theo TCVN 9016:2011, ba mẻ liên tiếp.',
  'sample-list': [1, 2, 3].map((no): TableRow => ({ 'sample-code': `XS-0${String(no)}`, 'sample-name': `Xoài sấy dẻo, mẻ ${String(no)}`, 'sampled-on': `2026-09-1${String(5 + no)}`, 'sample-place': 'Cửa ra buồng sấy', 'sampled-by': 'Phạm Thu Hà; bên nhận chứng kiến', sealed: true, 'sample-state': 'good' })),
  'operating-conditions': 'Ba mẻ liên tiếp, mỗi mẻ 500 kg xoài cát Chu, nhiệt độ môi trường 29–33 °C, độ ẩm 68–81 %.', conditionsAsAgreed: true, decisionRule: 'guarded',
  'indicator-table': [
    indicator({ name: 'Năng suất nguyên liệu vào', unit: 'kg/ngày', clause: '3.1', direction: 'atLeast', agreed: 500, measured: 514, u: 6, method: 'Cân ba mẻ, ĐLVN 16:2021', instrument: 'Cân sàn 1 000 kg, cấp III' }),
    indicator({ name: 'Độ ẩm sản phẩm', unit: '%', clause: '3.2', direction: 'within', agreed: 15, tolerance: 1.5, measured: 14.6, u: 0.3, method: 'TCVN 10788:2015', instrument: 'Tủ sấy chân không VD 53' }),
    indicator({ name: 'Điện năng tiêu thụ riêng cho một kilôgam nước bốc hơi', unit: 'kWh/kg', clause: '3.3', direction: 'atMost', agreed: 0.65, measured: 0.62, u: 0.01, method: 'Đo điện năng ba pha theo mẻ', instrument: 'Công tơ điện tử cấp 0,5' }),
    indicator({ name: 'Thời gian sấy một mẻ', unit: 'giờ', clause: '3.4', direction: 'atMost', agreed: 9, measured: 9.6, u: 0.1, method: 'Ghi của bộ điều khiển', instrument: 'Đồng hồ bấm giờ', note: 'Hai trong ba mẻ quá 9 giờ.' }),
    indicator({ name: 'Chênh lệch màu ΔE so với quả tươi', unit: '', clause: '3.5', direction: 'atMost', agreed: 6, measured: 4.1, u: 0.4, method: 'ISO 11664-4', instrument: 'Máy đo màu CR-400' }),
    indicator({ name: 'Hàm lượng vitamin C giữ lại', unit: '%', clause: '3.6', direction: 'atLeast', agreed: 70, measured: 76.5, u: 2.2, method: 'TCVN 8977:2011 (HPLC)', instrument: 'HPLC 1260' }),
    indicator({ name: 'Độ ồn tại vị trí vận hành', unit: 'dBA', clause: '3.7', direction: 'atMost', agreed: 82, measured: 77, u: 1.4, method: 'TCVN 9799:2013', instrument: 'Máy đo độ ồn cấp 1' }),
    indicator({ name: 'Sai lệch nhiệt độ giữa các vị trí trong buồng', unit: '°C', clause: '3.8', direction: 'atMost', agreed: 3, measured: 1.9, u: 0.3, method: 'Đo chín điểm', instrument: 'Bộ ghi nhiệt 9 kênh' }),
    indicator({ name: 'Điều khiển tự động theo độ ẩm bề mặt', unit: '', clause: '3.9', direction: 'words', agreed: null, measured: null, u: null, judgement: 'met', method: 'Chạy thử các kịch bản của Phụ lục 3', instrument: '' }),
  ],
  'nonconformity-list': [{ 'nc-indicator': 'Thời gian sấy một mẻ', deviation: 'Trung bình 9,6 giờ so với 9 giờ thỏa thuận', severity: 'minor', cause: 'Lưu lượng gió giai đoạn cuối thấp hơn thiết kế 12 %', correction: 'Chỉnh quạt và bộ lọc, đo lại hai mẻ', owner: 'Bên giao', 'nc-due': '2026-10-31', closed: false }],
  'inspection-conclusion': 'Tám trên chín chỉ tiêu đạt theo quy tắc có vùng bảo vệ; thời gian sấy một mẻ không đạt. Kết luận chỉ áp dụng cho dây chuyền và điều kiện đã nêu.',
}

export const kth: Given = { CRL: 5, TRL: 7, BRL: 4, IPRL: 6, TMRL: 5, FRL: 2, 'next-step': 'Ký thỏa thuận vốn mồi 3 tỷ đồng với quỹ của tỉnh trước tháng 6 năm 2027; bà Lê Thu Hương phụ trách.' }

export const system: Given = {
  purpose: 'Sấy trái cây nhiệt đới ở nhiệt độ thấp; gồm bơm nhiệt, buồng hồng ngoại, bộ điều khiển và phần mềm giám sát, không gồm khâu sơ chế.', environment: 'Xưởng chế biến nông sản đồng bằng sông Cửu Long, 28–36 °C, độ ẩm 70–90 %, điện áp dao động 8 %.', independent: true, linked: true,
  elements: [
    { name: 'Bơm nhiệt CO₂', why: 'Quyết định mức tiêu thụ điện và nhiệt độ sấy', trl: 8, mrl: 7, evidence: 'Biên bản thử 1.200 giờ, C3' },
    { name: 'Buồng hồng ngoại gốm', why: 'Rút ngắn giai đoạn cuối, giữ màu', trl: 6, mrl: 5, evidence: 'Kết quả thử vụ 2025, C3' },
    { name: 'Cảm biến độ ẩm bề mặt', why: 'Điều khiển từng mẻ, chưa có hàng thương mại', trl: 5, mrl: 4, evidence: 'Báo cáo thử phòng thí nghiệm, C5' },
    { name: 'Phần mềm điều khiển', why: 'Thuật toán sấy theo giống quả', trl: 7, mrl: 6, evidence: 'Nhật ký vận hành, C6' },
  ],
  links: [
    { from: 'Bơm nhiệt CO₂', to: 'Buồng hồng ngoại gốm', irl: 6, interface: 'Khung chung, đường gió, tủ điện' }, { from: 'Cảm biến độ ẩm bề mặt', to: 'Phần mềm điều khiển', irl: 5, interface: 'Modbus RTU, chu kỳ 2 giây' },
    { from: 'Phần mềm điều khiển', to: 'Bơm nhiệt CO₂', irl: 7, interface: 'Modbus TCP' }, { from: 'Phần mềm điều khiển', to: 'Buồng hồng ngoại gốm', irl: 6, interface: 'Điều chế độ rộng xung' },
  ],
  targetLevel: 8, plan: [
    { element: 'Cảm biến độ ẩm bề mặt', 'from-level': 5, 'to-level': 8, work: 'Làm 20 bộ, thử một vụ tại hai xưởng, hiệu chuẩn theo giống quả', cost: 1_850_000_000, start: '2027-01-04', finish: '2027-09-30', owner: 'Phòng Đo lường' },
    { element: 'Buồng hồng ngoại gốm', 'from-level': 6, 'to-level': 8, work: 'Thay vật liệu tấm gốm, thử bền 3.000 giờ', cost: 2_400_000_000, start: '2027-02-01', finish: '2027-11-30', owner: 'Xưởng cơ khí' },
  ],
}

export const ipReview: Given = {
  reviewDate: '2026-09-30', rightsSound: true, rights: [
    { name: 'Phương pháp sấy lạnh kết hợp hồng ngoại, 1-0034567', kind: 'patent', territory: 'VN', state: 'granted', filed: '2021-04-12', granted: '2024-02-20', expires: '2041-04-12', 'fees-paid': true, holder: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp' },
    { name: 'Buồng sấy hồng ngoại, 2-2023-00112', kind: 'utilitySolution', territory: 'VN', state: 'pending', filed: '2023-06-05', granted: null, expires: null, 'fees-paid': true, holder: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp' },
    { name: 'CỬU LONG DRY', kind: 'trademark', territory: 'VN, JP', state: 'granted', filed: '2022-01-10', granted: '2023-08-01', expires: '2032-01-10', 'fees-paid': true, holder: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp' },
  ],
  chain: [
    { date: '2020-03-01', event: 'employment', from: 'Ông Lê Văn Phúc và hai cộng sự', to: 'Viện Công nghệ sau thu hoạch', document: 'Hợp đồng lao động, giao nhiệm vụ 17/2020', recorded: true },
    { date: '2022-11-15', event: 'assignment', from: 'Viện Công nghệ sau thu hoạch', to: 'Công ty Cổ phần Nông nghiệp Sạch Đồng Tháp', document: 'Hợp đồng chuyển nhượng đơn số 05/2022', recorded: true },
  ],
  chainUnbroken: true, inventorsSettled: true, coOwned: false, stateFunded: true, stateAssigned: true, ftoSearched: true,
  ftoSearches: [{ date: '2026-07-14', territory: 'VN, JP, KR', database: 'WIPO Publish, Espacenet, J-PlatPat', terms: 'A23B 7/02, F26B 3/30; heat pump, infrared', by: 'Văn phòng Luật Sở hữu trí tuệ Phương Đông', hits: 148 }],
  blocking: [{ number: 'JP 6 912 345', owner: 'Mayekawa', territory: 'JP', state: 'granted', expires: '2036-05-19', overlap: 'Điều khiển bơm nhiệt theo độ ẩm khí thải', assessment: 'moderate', 'way-out': 'redesign' }],
  hasKnowHow: true, encumbrances: [{ kind: 'licence', party: 'Công ty Trách nhiệm hữu hạn Đầu tư Cửu Long', scope: 'Không độc quyền, xoài, đồng bằng sông Cửu Long', until: '2029-12-31', restricts: false }], noDisputes: true, secretLeavers: false,
}

export const esr: Given = {
  onProhibited: 'off', onRestricted: 'off', onEncouraged: 'on', envPermit: 'managed', envEmissions: 'managed', envWaste: 'none', envResources: 'none', envClimate: 'managed', envBiodiversity: 'none', forcedLabour: 'clear', workingConditions: 'none', jobEffects: 'managed', community: 'none', landCulture: 'none',
  occupationalSafety: 'managed', chemicals: 'none', fire: 'managed', productSafety: 'managed', personalData: 'none', cybersecurity: 'open', secrets: 'managed', algorithms: 'none', singleSource: 'open', continuity: 'managed', originRules: 'none', sanctions: 'clear', beneficialOwner: 'none', moneyFlow: 'none', conflict: 'none', dualListed: 'not-listed', weaponsUse: 'clear', endUse: 'none',
  risks: [
    { 'risk-name': 'Bơm nhiệt chỉ có một nhà cung cấp', area: 'supply', likelihood: 3, impact: 4, mitigation: 'Thử bơm nhiệt của nhà cung cấp thứ hai trong năm 2027; giữ một bộ máy nén dự phòng', 'risk-owner': 'Giám đốc kỹ thuật', 'risk-due': '2027-06-30', 'likelihood-after': 2, 'impact-after': 3 },
    { 'risk-name': 'Truy cập trái phép bộ điều khiển qua mạng', area: 'data', likelihood: 2, impact: 4, mitigation: 'Tách mạng điều khiển, xác thực hai lớp cho truy cập từ xa', 'risk-owner': 'Phòng Công nghệ thông tin', 'risk-due': '2027-03-31', 'likelihood-after': 1, 'impact-after': 4 },
    { 'risk-name': 'Rò môi chất CO₂ trong buồng máy', area: 'safety', likelihood: 2, impact: 5, mitigation: 'Cảm biến nồng độ, quạt thông gió tự động, diễn tập sáu tháng một lần', 'risk-owner': 'Quản đốc xưởng', 'risk-due': '2026-12-31', 'likelihood-after': 1, 'impact-after': 4 },
  ],
  'review-conclusion': 'Tiếp tục với điều kiện thực hiện đủ biện pháp trong sổ rủi ro; rà soát lại sau 12 tháng.',
}
