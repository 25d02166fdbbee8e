import type { Text } from '../kernel/fault-shape.ts'
import type { bases, purposes } from '../schema/dossier.ts'

/** Kinds of data that decide which methods can be carried out (số liệu đang có). */
export const dataKinds = ['revenue', 'royalty', 'flows', 'advantage', 'assets', 'contribution', 'stages', 'volatility', 'rebuild', 'spending', 'deals'] as const
export type DataKind = (typeof dataKinds)[number]

/** Names of the kinds of data, as the picker asks for them. */
export const dataNames: Readonly<Record<DataKind, Text>> = {
  revenue: { vi: 'Dự báo doanh thu gắn với công nghệ', en: 'Forecast of the revenue owed to the technology' },
  royalty: { vi: 'Hợp đồng cấp quyền so sánh được (tỷ lệ phí bản quyền)', en: 'Comparable licences (royalty rates)' },
  flows: { vi: 'Dòng tiền của dự án hoặc đơn vị dùng công nghệ', en: 'Cash flows of the project or business using it' },
  advantage: { vi: 'Chênh lệch giá bán hoặc chi phí so với khi không có công nghệ', en: 'Price or cost difference against doing without it' },
  assets: { vi: 'Các tài sản khác cùng tạo ra doanh thu và tỷ suất của chúng', en: 'The other assets that earn the revenue, and their returns' },
  contribution: { vi: 'Bảng hệ số đóng góp của ngành hoặc điểm đánh giá công nghệ', en: 'Industry contribution factors or technology scores' },
  stages: { vi: 'Các giai đoạn phát triển với chi phí và xác suất thành công', en: 'Stages of development with costs and chances' },
  volatility: { vi: 'Căn cứ ước lượng độ biến động của giá trị dự án', en: 'Grounds for the volatility of project value' },
  rebuild: { vi: 'Dự toán chi phí tạo lập lại theo giá hiện nay', en: 'Estimate of the cost to create it again today' },
  spending: { vi: 'Sổ sách chi phí đã bỏ ra theo năm', en: 'Records of past spending by year' },
  deals: { vi: 'Từ ba giao dịch công nghệ tương tự', en: 'Three or more deals on similar technology' },
}

/** A test on the dossier; every part given must hold. */
export interface Condition {
  readonly purpose?: readonly (typeof purposes)[number][]
  readonly notPurpose?: readonly (typeof purposes)[number][]
  readonly basis?: readonly (typeof bases)[number][]
  /** Readiness level recognised, where one is known. */
  readonly levelFrom?: number
  readonly levelBelow?: number
  readonly has?: readonly DataKind[]
  readonly lacks?: readonly DataKind[]
  /** `live`: a right is granted, pending or kept as a secret; `none`: rights are entered, and none of them lives. */
  readonly rights?: 'live' | 'none'
}

export interface FitRule {
  readonly method: string
  /** Data without which the method cannot be carried out; an inner list is met by any one of its members. */
  readonly needs: readonly (readonly DataKind[])[]
  /** Circumstances in which it suits especially: they move it up. */
  readonly prefers: readonly Condition[]
  /** Circumstances that speak against it. */
  readonly against: readonly { readonly when: Condition; readonly text: Text }[]
  /** First one that holds is the reason shown; the last one always holds. */
  readonly reasons: readonly { readonly when: Condition; readonly text: Text }[]
  readonly cautions: readonly { readonly when: Condition; readonly text: Text }[]
}

const text = (vi: string, en: string): Text => ({ vi, en })
const always: Condition = {}
const said = (when: Condition, vi: string, en: string): { readonly when: Condition; readonly text: Text } => ({ when, text: text(vi, en) })

const dealings = ['transfer', 'licence', 'auction', 'capitalContribution'] as const
const early = said({ levelBelow: 6 }, 'Công nghệ còn ở giai đoạn sớm: dự báo thu nhập khó có căn cứ.', 'The technology is still early: an income forecast is hard to support.')
const noLaw = said(always, 'Văn bản Việt Nam chưa hướng dẫn mô hình này: phải lập luận việc áp dụng và dùng cùng một phương pháp khác.', 'Vietnamese rules do not describe this model: argue its use and put another method beside it.')
const deadRight = said({ rights: 'none' }, 'Không quyền nào trong hồ sơ còn hiệu lực: khó lập luận người khác phải trả tiền để dùng.', 'No right in the dossier is alive: it is hard to argue that others must pay to use it.')
const sunk = said(always, 'Chi phí đã bỏ ra không thể hiện thu nhập mà công nghệ sẽ đem lại.', 'What was spent does not show what the technology will earn.')
const stateOnly = said({ notPurpose: ['stateTask'] }, 'Công thức này dành cho kết quả nhiệm vụ dùng ngân sách nhà nước.', 'This formula is for results of tasks funded by the state.')

/** When each method fits, as data; the sources are the circulars and standards named in each method's clause. */
export const fitRules: readonly FitRule[] = [
  {
    method: 'rfr/1', needs: [['revenue'], ['royalty']], prefers: [{ purpose: dealings }, { levelFrom: 7 }, { rights: 'live' }],
    against: [early],
    reasons: [
      said({ purpose: ['licence', 'transfer'] }, 'Mục đích là chuyển giao, cấp quyền: phí bản quyền chính là điều hai bên thương lượng.', 'The purpose is a transfer or licence: the royalty is what the parties negotiate.'),
      said({ has: ['royalty'] }, 'Có hợp đồng so sánh được về phí bản quyền nên tỷ lệ có căn cứ thị trường.', 'Comparable licences are at hand, so the rate rests on the market.'),
      said(always, 'Dùng được khi có dự báo doanh thu và tỷ lệ phí bản quyền có nguồn.', 'Usable with a revenue forecast and a sourced royalty rate.'),
    ],
    cautions: [deadRight, said({ lacks: ['royalty'] }, 'Chưa có hợp đồng so sánh: tỷ lệ phí phải lập luận từ lợi nhuận của bên nhận.', 'No comparable licences yet: the rate must be argued from the licensee’s profit.')],
  },
  {
    method: 'mpeem/1', needs: [['revenue'], ['assets']], prefers: [{ levelFrom: 8 }, { purpose: ['investment', 'capitalContribution'] }],
    against: [early],
    reasons: [
      said({ has: ['assets'] }, 'Đã biết các tài sản đóng góp khác nên tách được phần thu nhập của công nghệ.', 'The contributory assets are known, so the earnings of the technology can be set apart.'),
      said(always, 'Hợp khi công nghệ là tài sản chính tạo ra doanh thu của một hoạt động đang chạy.', 'Suits technology that is the main asset of a running business.'),
    ],
    cautions: [said(always, 'Chỉ một tài sản của cùng nguồn doanh thu được tính theo cách này.', 'Only one asset of a stream of revenue may be valued this way.')],
  },
  {
    method: 'premium-profit/1', needs: [['advantage']], prefers: [{ levelFrom: 8 }, { has: ['advantage', 'revenue'] }],
    against: [early],
    reasons: [
      said({ has: ['advantage'] }, 'Có bằng chứng sản phẩm bán được giá cao hơn nhờ công nghệ.', 'There is evidence that the product sells at a higher price because of the technology.'),
      said(always, 'Hợp khi đo được mức giá cao hơn so với sản phẩm không có công nghệ.', 'Suits where a higher price than without the technology can be measured.'),
    ],
    cautions: [said(always, 'Phần chênh phải do công nghệ, không do nhãn hiệu hay dịch vụ.', 'The difference must come from the technology, not from brand or service.')],
  },
  {
    method: 'cost-saving/1', needs: [['advantage']], prefers: [{ levelFrom: 7 }],
    against: [said({ levelBelow: 5 }, 'Chưa có quy trình ở quy mô đủ lớn để đo phần tiết kiệm.', 'The process has not run at a scale where a saving can be measured.')],
    reasons: [
      said({ has: ['advantage'] }, 'Có số liệu chi phí khi có và khi không có công nghệ.', 'Costs with and without the technology are at hand.'),
      said(always, 'Hợp với công nghệ quy trình làm giảm chi phí sản xuất.', 'Suits process technology that lowers the cost of making something.'),
    ],
    cautions: [],
  },
  {
    method: 'with-without/1', needs: [['flows', 'advantage']], prefers: [{ has: ['flows', 'rebuild'] }],
    against: [early],
    reasons: [
      said({ has: ['flows'] }, 'Có dòng tiền của đơn vị dùng công nghệ nên so sánh được với trường hợp không có.', 'The flows of the business are at hand and can be set against doing without.'),
      said(always, 'Hợp khi dựng được cả hai kịch bản: có công nghệ và phải làm lại từ đầu.', 'Suits where both cases can be drawn: with the technology and rebuilding it.'),
    ],
    cautions: [],
  },
  {
    method: 'profit-split/1', needs: [['flows', 'contribution']], prefers: [{ purpose: ['licence', 'transfer'], has: ['flows'] }],
    against: [early],
    reasons: [
      said({ has: ['contribution'] }, 'Có căn cứ để chia lợi nhuận theo mức đóng góp.', 'There are grounds for sharing profit by contribution.'),
      said(always, 'Hợp khi biết lợi nhuận hoạt động và phần thông thường của các chức năng khác.', 'Suits where operating profit and the routine part of other functions are known.'),
    ],
    cautions: [noLaw],
  },
  {
    method: 'technology-contribution/1', needs: [['flows'], ['contribution']], prefers: [{ purpose: ['capitalContribution', 'investment', 'loan'] }],
    against: [early],
    reasons: [
      said({ has: ['contribution', 'flows'] }, 'Có dòng tiền của dự án và bảng hệ số đóng góp.', 'Project cash flows and a table of contribution factors are at hand.'),
      said({ purpose: ['capitalContribution', 'investment'] }, 'Góp vốn, đầu tư xét cả dự án: cách này tách phần của công nghệ khỏi giá trị dự án.', 'Contribution and investment look at a whole project: this sets the part of the technology apart.'),
      said(always, 'Hợp khi tính được giá trị cả dự án và lập luận được phần của công nghệ.', 'Suits where the whole project can be valued and the part of the technology argued.'),
    ],
    cautions: [noLaw, said({ lacks: ['contribution'] }, 'Chưa có bảng hệ số công bố cho Việt Nam: nêu rõ nguồn của hệ số.', 'No factors are published for Viet Nam: name the source of those used.')],
  },
  {
    method: 'dcf/1', needs: [['flows', 'revenue']], prefers: [{ has: ['flows'] }, { levelFrom: 8 }, { purpose: ['investment', 'capitalContribution', 'loan'] }],
    against: [early],
    reasons: [
      said({ has: ['flows'], levelFrom: 8 }, 'Công nghệ đã vận hành và có dòng tiền dự báo.', 'The technology is in operation and has forecast flows.'),
      said({ has: ['flows'] }, 'Có dòng tiền của dự án dùng công nghệ.', 'Cash flows of the project using the technology are at hand.'),
      said(always, 'Hợp với dự án có nguồn thu gần như chỉ từ công nghệ này.', 'Suits a project whose income comes almost wholly from this technology.'),
    ],
    cautions: [said(always, 'Kết quả là giá trị của cả hoạt động; chỉ bằng giá trị công nghệ khi không có tài sản đáng kể nào khác.', 'The result values the whole activity; it equals the technology only where nothing else of weight takes part.')],
  },
  {
    method: 'greenfield/1', needs: [['flows']], prefers: [{ purpose: ['licence', 'auction'], has: ['flows'] }],
    against: [],
    reasons: [said(always, 'Hợp với quyền khai thác, giấy phép mà mọi tài sản khác phải mua hoặc xây mới.', 'Suits a right or licence where everything else has to be bought or built.')],
    cautions: [said({ lacks: ['flows'] }, 'Dòng tiền phải gồm cả chi phí tạo lập mọi tài sản khác.', 'The flows must hold the cost of creating every other asset.')],
  },
  {
    method: 'distributor/1', needs: [['revenue'], ['assets']], prefers: [],
    against: [said(always, 'Phương pháp này định giá quan hệ khách hàng, không phải công nghệ.', 'This method values customer relations, not technology.')],
    reasons: [said(always, 'Chỉ để tách giá trị quan hệ khách hàng khi công nghệ là tài sản chính.', 'Only to set customer relations apart where technology is the main asset.')],
    cautions: [],
  },
  {
    method: 'rnpv/1', needs: [['stages'], ['flows', 'revenue']], prefers: [{ levelBelow: 7, has: ['stages'] }, { purpose: ['investment'] }],
    against: [said({ levelFrom: 9 }, 'Công nghệ đã hoàn chỉnh: không còn giai đoạn phát triển để gắn xác suất.', 'The technology is complete: no stages remain to carry a probability.')],
    reasons: [
      said({ has: ['stages'] }, 'Các giai đoạn còn lại có chi phí và xác suất nên rủi ro kỹ thuật tính được rõ ràng.', 'The stages left have costs and chances, so technical risk is counted openly.'),
      said({ levelBelow: 7 }, 'Công nghệ đang phát triển: rủi ro kỹ thuật nên nằm trong xác suất, không trong tỷ suất.', 'Still in development: technical risk belongs in probabilities, not in the rate.'),
      said(always, 'Hợp khi kết quả còn phụ thuộc từng giai đoạn thử nghiệm, cấp phép.', 'Suits where the outcome still hangs on trials and approvals.'),
    ],
    cautions: [noLaw, said(always, 'Tỷ suất không được cộng thêm phần bù cho rủi ro đã nằm trong xác suất.', 'The rate must carry no premium for a risk already in the probabilities.')],
  },
  {
    method: 'real-option/1', needs: [['flows', 'revenue'], ['volatility']], prefers: [{ levelBelow: 8, has: ['volatility'] }],
    against: [],
    reasons: [
      said({ rights: 'live', levelBelow: 8 }, 'Quyền còn hiệu lực và chưa khai thác: quyền chờ thời điểm đầu tư có giá trị.', 'The right is alive and undeveloped: being able to wait has a value.'),
      said(always, 'Hợp với sáng chế chưa khai thác mà kết quả rất không chắc chắn.', 'Suits an undeveloped patent of very uncertain outcome.'),
    ],
    cautions: [noLaw, said({ rights: 'none' }, 'Không có quyền độc quyền thì việc chờ đợi không được bảo vệ.', 'Without exclusivity, waiting is not protected.')],
  },
  {
    method: 'option-tree/1', needs: [['flows', 'revenue'], ['volatility']], prefers: [{ levelBelow: 8, has: ['volatility'] }, { purpose: ['investment'], has: ['volatility'] }],
    against: [],
    reasons: [
      said({ purpose: ['investment'] }, 'Nhà đầu tư được quyền mở rộng, thu hẹp hoặc dừng: cây cho thấy khi nào nên làm.', 'An investor may expand, contract or stop: the tree shows when to do so.'),
      said(always, 'Hợp khi quyền dùng được trước hạn, hoặc có nhiều quyền trên cùng một dự án.', 'Suits a right that can be used early, or several rights on one project.'),
    ],
    cautions: [noLaw, said({ rights: 'none' }, 'Không có quyền độc quyền thì việc chờ đợi không được bảo vệ.', 'Without exclusivity, waiting is not protected.')],
  },
  {
    method: 'staged-option/1', needs: [['flows', 'revenue'], ['stages'], ['volatility']], prefers: [{ levelBelow: 8, has: ['stages', 'volatility'] }],
    against: [said({ levelFrom: 9 }, 'Công nghệ đã hoàn chỉnh: không còn giai đoạn để quyết định.', 'The technology is complete: no stages remain to be decided.')],
    reasons: [
      said({ has: ['stages', 'volatility'] }, 'Có các giai đoạn với chi phí và căn cứ về độ biến động: quyền dừng trước mỗi giai đoạn tính được.', 'Stages with costs and grounds for the volatility are at hand: the right to stop before each can be valued.'),
      said(always, 'Hợp với đầu tư nhiều bước mà mỗi bước có thể dừng khi thị trường xấu đi.', 'Suits investment in steps, each of which may be stopped when the market turns.'),
    ],
    cautions: [noLaw, said(always, 'Rủi ro kỹ thuật ở xác suất giai đoạn, rủi ro thị trường ở độ biến động: không tính một rủi ro hai lần.', 'Technical risk in the chances of the stages, market risk in the volatility: count no risk twice.')],
  },
  {
    method: 'exchange-option/1', needs: [['flows', 'revenue'], ['volatility']], prefers: [],
    against: [],
    reasons: [said(always, 'Hợp khi cả giá trị nhận về và chi phí bỏ ra đều không chắc chắn, như thay công nghệ cũ bằng công nghệ mới.', 'Suits where both what is received and what is given up are uncertain, such as replacing an old technology by a new one.')],
    cautions: [noLaw, said(always, 'Cần căn cứ cho độ biến động của từng giá trị và cho tương quan giữa chúng.', 'Needs grounds for the volatility of each value and for their correlation.')],
  },
  {
    method: 'replacement-cost/1', needs: [['rebuild']], prefers: [{ levelBelow: 7 }, { basis: ['nonMarket'] }, { purpose: ['loan', 'capitalContribution'] }],
    against: [],
    reasons: [
      said({ levelBelow: 7 }, 'Giai đoạn sớm, chưa có dự báo thu nhập: chi phí tạo ra công dụng tương đương là căn cứ vững nhất.', 'Early stage without an income forecast: the cost of equal usefulness is the firmest ground.'),
      said({ has: ['rebuild'] }, 'Có dự toán chi phí tạo lập theo giá hiện nay.', 'An estimate at today’s prices is at hand.'),
      said(always, 'Hợp với phần mềm, dữ liệu, quy trình thay thế được; làm mức sàn cho công nghệ mạnh.', 'Suits software, data and processes that can be replaced; a floor for strong technology.'),
    ],
    cautions: [sunk],
  },
  {
    method: 'reproduction-cost/1', needs: [['rebuild', 'spending']], prefers: [{ purpose: ['stateTask'] }, { levelBelow: 7, has: ['rebuild'] }],
    against: [],
    reasons: [
      said({ purpose: ['stateTask'] }, 'Kết quả nhiệm vụ nhà nước có dự toán theo khoản mục, khớp với các khoản mục của phương pháp.', 'A state-funded task is budgeted by items, which match those of this method.'),
      said(always, 'Hợp khi có khoản mục chi phí để tạo lại đúng công nghệ này.', 'Suits where the items of cost to make this very technology again are known.'),
    ],
    cautions: [sunk],
  },
  {
    method: 'state-investment/1', needs: [['spending']], prefers: [{ purpose: ['stateTask'] }, { purpose: ['stateTask'], has: ['spending'] }],
    against: [stateOnly],
    reasons: [
      said({ purpose: ['stateTask'] }, 'Mục đích là kết quả nhiệm vụ dùng ngân sách nhà nước: thông tư quy định công thức này.', 'The purpose is the result of a state-funded task: the circular prescribes this formula.'),
      said(always, 'Dành cho kết quả nhiệm vụ khoa học và công nghệ dùng ngân sách nhà nước.', 'For results of science and technology tasks funded by the state.'),
    ],
    cautions: [said(always, 'Kiểm tra hiệu lực của TT 10/2019/TT-BTC sau luật khoa học, công nghệ và đổi mới sáng tạo năm 2025.', 'Check that Circular 10/2019/TT-BTC is still in force after the 2025 law on science, technology and innovation.')],
  },
  {
    method: 'historical-cost/1', needs: [['spending']], prefers: [{ purpose: ['stateTask'] }],
    against: [],
    reasons: [
      said({ has: ['spending'] }, 'Có sổ sách chi phí theo năm: dùng làm kiểm tra chéo.', 'Yearly records of spending are at hand: a cross-check.'),
      said(always, 'Chỉ để kiểm tra chéo, cần chi phí theo năm và chỉ số giá.', 'A cross-check only; it needs spending by year and a price index.'),
    ],
    cautions: [sunk],
  },
  {
    method: 'comparables/1', needs: [['deals']], prefers: [{ purpose: dealings, has: ['deals'] }, { basis: ['market'], has: ['deals'] }],
    against: [said({ levelBelow: 4 }, 'Giao dịch công nghệ ở giai đoạn này hiếm khi công bố đủ thông tin để so sánh.', 'Deals at so early a stage are rarely published well enough to compare.')],
    reasons: [
      said({ has: ['deals'] }, 'Có giao dịch tương tự: bằng chứng thị trường trực tiếp nhất.', 'Similar deals are at hand: the most direct market evidence.'),
      said(always, 'Hợp khi tìm được từ ba giao dịch tương tự có nguồn.', 'Suits where three or more similar deals with sources can be found.'),
    ],
    cautions: [said({ lacks: ['deals'] }, 'Dưới ba giao dịch thì chỉ dùng để kiểm tra chéo.', 'With fewer than three deals it is a cross-check only.')],
  },
  {
    method: 'capitalised-royalty/1', needs: [['revenue'], ['royalty']], prefers: [],
    against: [early],
    reasons: [said(always, 'Kiểm tra chéo nhanh khi tiền bản quyền ổn định và kéo dài.', 'A quick cross-check where the royalty is stable and long-lived.')],
    cautions: [said(always, 'Giả định thu nhập kéo dài mãi, hiếm khi đúng với công nghệ.', 'Assumes income for ever, which technology rarely has.')],
  },
]
