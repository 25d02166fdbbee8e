import { faultText, isFaultCode } from '../kernel/faults.ts'
import { formatNumber, formatPercent } from '../kernel/number-text.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { Note } from './figure.ts'

/**
 * Why a figure has no value, and what to mind about a value (lý do và cảnh báo).
 * Each row is a calm sentence that says what the appraiser can do. `{name}` is filled from the note's details,
 * `{name%}` writes a fraction as a percentage.
 */
export const reasons = {
  'input-missing': { vi: 'Chưa nhập: {namesVi}. Hãy nhập các số liệu này để có kết quả.', en: 'Not entered yet: {namesEn}. Enter these to obtain a result.' },
  'input-out-of-range': { vi: 'Số liệu “{namesVi}” nằm ngoài giới hạn cho phép ({limits}). Hãy kiểm tra lại.', en: 'The input “{namesEn}” is outside its permitted limits ({limits}). Please check it.' },
  'input-wrong-kind': { vi: 'Số liệu “{namesVi}” không đúng dạng. Hãy nhập lại.', en: 'The input “{namesEn}” is not of the right kind. Please enter it again.' },
  'series-gap': { vi: 'Dãy “{namesVi}” còn trống ở dòng {row}. Hãy nhập đủ hoặc ghi 0 nếu không có.', en: 'The series “{namesEn}” is empty at row {row}. Complete it, or enter 0 where there is none.' },
  'input-unknown': { vi: 'Phiếu tính có số liệu mà phương pháp này không dùng: {keys}.', en: 'The sheet holds inputs that this method does not use: {keys}.' },
  'method-unknown': { vi: 'Phiên bản chương trình này chưa có phương pháp “{method}”. Hãy mở hồ sơ bằng phiên bản mới hơn.', en: 'This version of the program does not have the method “{method}”. Open the dossier with a newer version.' },
  'not-finite': { vi: 'Phép tính vượt quá giới hạn số học nên không có kết quả. Hãy kiểm tra lại độ lớn của các số liệu.', en: 'The computation exceeds the limits of arithmetic and gives no result. Check the size of the inputs.' },
  'no-data': { vi: 'Chưa có số liệu nào để tính.', en: 'There are no data to compute with.' },
  'too-few-data': { vi: 'Cần ít nhất {needed} số liệu, hiện chỉ có {count}.', en: 'At least {needed} data are needed; there are {count}.' },
  'lengths-differ': { vi: 'Các dãy số liệu không cùng số kỳ: {expected} và {actual}. Hãy nhập đủ.', en: 'The series do not cover the same number of periods: {expected} and {actual}. Please complete them.' },
  'value-negative': { vi: '“{name}” không được âm.', en: '“{name}” must not be negative.' },
  'value-not-positive': { vi: '“{name}” phải lớn hơn 0.', en: '“{name}” must be greater than 0.' },
  'share-out-of-range': { vi: '“{name}” phải nằm trong khoảng 0–100 %.', en: '“{name}” must lie between 0 and 100 %.' },
  'probability-out-of-range': { vi: 'Xác suất phải nằm trong khoảng 0–100 %.', en: 'A probability must lie between 0 and 100 %.' },
  'probabilities-do-not-sum-to-one': { vi: 'Tổng các xác suất là {sum}, phải bằng 1. Hãy chỉnh lại.', en: 'The probabilities sum to {sum}; they must sum to 1. Please correct them.' },
  'weights-do-not-sum-to-one': { vi: 'Tổng các trọng số là {sum}, phải bằng 1. Hãy chỉnh lại.', en: 'The weights sum to {sum}; they must sum to 1. Please correct them.' },
  'weight-negative': { vi: 'Trọng số không được âm.', en: 'A weight must not be negative.' },

  'rate-not-above-minus-one': { vi: 'Tỷ suất phải lớn hơn −100 %.', en: 'A rate must be greater than −100 %.' },
  'rate-not-positive': { vi: 'Tỷ suất phải lớn hơn 0.', en: 'The rate must be greater than 0.' },
  'growth-not-below-rate': { vi: 'Tốc độ tăng trưởng phải nhỏ hơn tỷ suất chiết khấu; nếu không, giá trị cuối kỳ không xác định.', en: 'Growth must be below the discount rate; otherwise the terminal value does not exist.' },
  'no-sign-change': { vi: 'Dòng tiền không đổi dấu nên không có tỷ suất hoàn vốn nội bộ.', en: 'The cash flows do not change sign, so there is no internal rate of return.' },
  'no-real-rate': { vi: 'Không có tỷ suất nào làm giá trị hiện tại thuần bằng 0.', en: 'No rate makes the net present value zero.' },
  'several-rates': { vi: 'Dòng tiền đổi dấu nhiều lần: có {count} tỷ suất hoàn vốn nội bộ ({ratesVi}). Không nên dùng riêng một tỷ suất nào.', en: 'The cash flows change sign more than once: there are {count} internal rates of return ({ratesEn}). Do not rely on any one of them alone.' },
  'date-invalid': { vi: 'Ngày “{date}” không có trong lịch.', en: 'The date “{date}” is not in the calendar.' },
  'target-out-of-reach': { vi: 'Không thể đạt mức mong muốn với tỷ suất và khoản tiền đã cho.', en: 'The target cannot be reached with the given rate and payments.' },
  'unit-mismatch': { vi: 'Đơn vị của các số liệu không khớp nhau. Hãy kiểm tra lại.', en: 'The units of the inputs do not agree. Please check them.' },

  'tab-denominator-not-positive': { vi: 'Lợi ích thuế khấu hao tính ra bằng hoặc vượt toàn bộ giá trị; không có kết quả. Hãy kiểm tra thuế suất, thời gian khấu hao và tỷ suất.', en: 'The tax amortisation benefit would equal or exceed the whole value; there is no result. Check tax rate, tax life and rate.' },
  'tab-absent': { vi: 'Chưa tính lợi ích thuế do khấu hao (TAB). Hãy nêu rõ trong báo cáo vì sao không áp dụng.', en: 'The tax amortisation benefit (TAB) is left out. Say in the report why it does not apply.' },
  'tax-rate-out-of-range': { vi: 'Thuế suất phải nằm trong khoảng 0–100 %.', en: 'The tax rate must lie between 0 and 100 %.' },
  'tax-life-not-positive': { vi: 'Thời gian khấu hao cho mục đích thuế phải lớn hơn 0.', en: 'The tax amortisation life must be greater than 0.' },
  'tax-life-above-law': { vi: 'Thời gian khấu hao thuế {years} năm dài hơn mức tối đa {limit} năm thường áp dụng tại Việt Nam (TT 45/2013/TT-BTC, cần kiểm tra hiệu lực). Hãy nêu căn cứ.', en: 'The tax life of {years} years exceeds the {limit} years usually applied in Viet Nam (Circular 45/2013/TT-BTC, check that it is in force). State the grounds.' },
  'tab-rate-needed': { vi: 'Tỷ suất chiết khấu khác nhau theo năm nên lợi ích thuế cần một tỷ suất riêng. Hãy nhập “Tỷ suất riêng cho TAB” và nêu lý do.', en: 'The discount rate differs by year, so the tax benefit needs a rate of its own. Enter “Separate rate for the TAB” and give the reason.' },
  'schedule-does-not-sum-to-one': { vi: 'Tổng tỷ lệ khấu hao các năm là {sum}, phải bằng 1.', en: 'The yearly amortisation shares sum to {sum}; they must sum to 1.' },

  'royalty-not-below-margin': { vi: 'Tỷ lệ phí bản quyền {royalty%} không thấp hơn biên lợi nhuận {margin%}: bên nhận quyền sẽ không còn lợi nhuận. Hãy xem lại.', en: 'The royalty rate {royalty%} is not below the operating margin {margin%}: the licensee would keep no profit. Please review.' },
  'royalty-outside-published': { vi: 'Tỷ lệ phí bản quyền {royalty%} vượt 15 %, mức hiếm gặp trong các giao dịch đã công bố. Hãy nêu căn cứ riêng.', en: 'A royalty rate of {royalty%} is above 15 %, rare among published deals. Give its own grounds.' },
  'upkeep-above-royalty': { vi: 'Chi phí duy trì lớn hơn tiền bản quyền trong ít nhất một năm; dòng tiền năm đó âm.', en: 'Upkeep exceeds the royalty in at least one year; that year’s flow is negative.' },
  'forecast-longer-than-life': { vi: 'Dự báo doanh thu dài {forecast} năm, tuổi đời kinh tế còn lại {life} năm: phần vượt quá không được tính.', en: 'The revenue forecast covers {forecast} years, the remaining economic life is {life} years: the excess is not counted.' },
  'forecast-shorter-than-life': { vi: 'Dự báo doanh thu chỉ có {forecast} năm, ngắn hơn tuổi đời kinh tế {life} năm: các năm còn lại chưa được tính.', en: 'The revenue forecast covers only {forecast} of the {life} years of economic life: the remaining years are not counted.' },
  'life-too-long': { vi: 'Tuổi đời kinh tế còn lại không được quá {limit} năm.', en: 'The remaining economic life must not be above {limit} years.' },
  'life-not-positive': { vi: 'Tuổi đời kinh tế còn lại phải lớn hơn 0.', en: 'The remaining economic life must be greater than 0.' },
  'tiers-invalid': { vi: 'Các bậc phí bản quyền phải liền nhau, tăng dần và bắt đầu từ 0.', en: 'Royalty tiers must follow one another, rise, and start at 0.' },
  'loss-without-carry-forward': { vi: 'Có năm lỗ: thuế âm đang được tính như khoản hoàn thuế. Hãy nêu rõ giả định về chuyển lỗ.', en: 'Some years show a loss: negative tax is counted as a relief. State the assumption on loss carry-forward.' },
  'terminal-share-high': { vi: 'Giá trị cuối kỳ chiếm {share%} giá trị, trên ngưỡng 75 %. Hãy giải thích.', en: 'The terminal value makes up {share%} of the value, above the 75 % mark. Please explain.' },
  'terminal-on-finite-life': { vi: 'Công nghệ thường có tuổi đời hữu hạn; giá trị cuối kỳ chỉ dùng khi có căn cứ cho tuổi đời không xác định.', en: 'Technology usually has a finite life; a terminal value needs support for an indefinite life.' },
  'growth-above-economy': { vi: 'Tốc độ tăng trưởng dài hạn {growth%} cao hơn mức tăng trưởng danh nghĩa dài hạn của nền kinh tế đã nêu ({limit%}).', en: 'Long-run growth of {growth%} exceeds the stated long-run nominal growth of the economy ({limit%}).' },
  'negative-excess-earnings': { vi: 'Thu nhập tăng thêm âm trong ít nhất một năm. Kết quả được giữ nguyên, không cắt về 0; hãy xem lại biên lợi nhuận và chi phí tài sản đóng góp.', en: 'Excess earnings are negative in at least one year. The result is shown as it is, not cut to 0; review margin and contributory charges.' },
  'value-below-zero': { vi: 'Kết quả âm được giữ nguyên để người thẩm định xem xét.', en: 'The negative result is shown as it is for the appraiser to consider.' },
  'mpeem-twice': { vi: 'Hai phiếu thu nhập tăng thêm dùng cùng một doanh thu. Chỉ một tài sản chính được dùng phương pháp này, hoặc phải tính chéo chi phí đóng góp.', en: 'Two excess-earnings sheets use the same revenue. Only one principal asset may use this method, unless cross charges are taken.' },
  'difference-negative': { vi: 'Có năm dòng tiền “có” thấp hơn dòng tiền “không có” công nghệ; kết quả vẫn hợp lệ, hãy giải thích.', en: 'In some years the flow with the technology is below the flow without it; this is legitimate but needs a sentence.' },
  'contribution-above-published': { vi: 'Hệ số đóng góp công nghệ {share%} cao hơn dải 31–37 % đã công bố cho công nghệ lõi (STAR-Value). Hãy nêu căn cứ.', en: 'A technology contribution of {share%} is above the published 31–37 % band for core technology (STAR-Value). Give the grounds.' },
  'whole-plus-part': { vi: 'Giá trị kết luận bằng giá trị kinh doanh {business} cộng giá trị công nghệ {technology}. Không thể cộng: công nghệ là một phần của giá trị kinh doanh, cộng vào là tính hai lần.', en: 'The conclusion equals the business value {business} plus the technology value {technology}. That sum is impossible: the technology is a part of the business, and adding it counts it twice.' },
  'part-above-whole': { vi: 'Giá trị kết luận cao hơn giá trị kinh doanh {business} mà công nghệ là một phần. Hãy xem lại hoặc giải thích.', en: 'The conclusion lies above the business value {business} of which the technology is a part. Please review or explain.' },
  'part-not-sum': { vi: 'Giá trị công nghệ là một phần của giá trị kinh doanh, không cộng thêm vào giá trị kinh doanh.', en: 'The technology value is a part of the business value and is never added to it.' },

  'obsolescence-total-at-least-one': { vi: 'Tổng các hao mòn từ 100 % trở lên: giá trị bằng 0.', en: 'The obsolescence adds up to 100 % or more: the value is 0.' },
  'obsolescence-out-of-range': { vi: 'Mỗi tỷ lệ hao mòn phải nằm trong khoảng 0–100 %.', en: 'Each obsolescence must lie between 0 and 100 %.' },
  'cost-below-obsolescence': { vi: 'Hao mòn vượt chi phí: giá trị bằng 0.', en: 'Obsolescence exceeds cost: the value is 0.' },
  'index-not-positive': { vi: 'Chỉ số giá phải lớn hơn 0.', en: 'A price index must be greater than 0.' },
  'index-missing': { vi: 'Thiếu chỉ số giá của năm {year}. Hãy bổ sung; chương trình không tự nội suy.', en: 'The price index of {year} is missing. Please add it; nothing is interpolated silently.' },
  'functional-deducted-twice': { vi: 'Chi phí thay thế đã loại một phần hao mòn chức năng. Hãy chắc chắn rằng phần này không bị trừ hai lần.', en: 'Replacement cost already leaves out part of the functional obsolescence. Make sure that it is not deducted twice.' },
  'sunk-cost': { vi: 'Chi phí đã chi không phải là giá trị: chỉ dùng để kiểm tra chéo.', en: 'Cost already spent is not value: use it as a cross-check only.' },
  'developer-profit-outside-published': { vi: 'Tỷ suất lợi nhuận của nhà phát triển {rate%} nằm ngoài dải 10–20 % đã công bố. Hãy nêu căn cứ.', en: 'A developer’s profit of {rate%} lies outside the published 10–20 %. Give the grounds.' },
  'salvage-above-cost': { vi: 'Giá trị thu hồi lớn hơn nguyên giá.', en: 'Salvage exceeds cost.' },

  'base-not-positive': { vi: 'Cơ sở so sánh bằng hoặc nhỏ hơn 0 nên không có tỷ số giá.', en: 'The base of comparison is zero or negative, so there is no multiple.' },
  'fewer-than-three-comparables': { vi: 'Chỉ có {count} tài sản so sánh: chỉ dùng để kiểm tra chéo (cần ít nhất 3).', en: 'Only {count} comparables: use as a cross-check only (at least 3 are needed).' },
  'gross-adjustment-high': { vi: 'Tổng điều chỉnh gộp của một tài sản so sánh là {gross%}: mức tương đồng thấp dù điều chỉnh thuần nhỏ.', en: 'One comparable has a gross adjustment of {gross%}: it is not very comparable even if the net is small.' },
  'adjustment-below-minus-one': { vi: 'Một mức điều chỉnh từ −100 % trở xuống làm mất toàn bộ giá. Hãy xem lại.', en: 'An adjustment of −100 % or less removes the whole price. Please review.' },
  'percentile-out-of-range': { vi: 'Mẫu quá nhỏ cho phân vị này theo quy tắc đã chọn.', en: 'The sample is too small for this percentile under the chosen rule.' },
  'not-positive-for-mean': { vi: 'Trung bình nhân và trung bình điều hòa chỉ có nghĩa với số dương.', en: 'Geometric and harmonic means need positive data.' },

  'equity-not-above-debt-cost': { vi: 'Chi phí vốn chủ sở hữu không cao hơn chi phí nợ. Hãy xem lại.', en: 'The cost of equity is not above the cost of debt. Please review.' },
  'beta-negative': { vi: 'Hệ số beta âm là hợp lệ nhưng hiếm. Hãy giải thích.', en: 'A negative beta is legal but rare. Please explain.' },
  'rate-below-risk-free': { vi: 'Tỷ suất chiết khấu thấp hơn lãi suất phi rủi ro. Hãy xem lại.', en: 'The discount rate is below the risk-free rate. Please review.' },
  'capital-empty': { vi: 'Tổng nguồn vốn phải lớn hơn 0.', en: 'Total capital must be greater than 0.' },
  'score-out-of-range': { vi: 'Điểm phải nằm trong khoảng {low}–{high}.', en: 'The score must lie between {low} and {high}.' },
  'one-unknown-needed': { vi: 'Cần để trống đúng một tỷ suất để suy ra tỷ suất còn lại.', en: 'Exactly one return must be left open to be inferred.' },
  'implied-return-low': { vi: 'Tỷ suất suy ra của phần còn lại thấp hơn tỷ suất của tài sản vô hình đã nhận diện: việc phân bổ cần xem lại.', en: 'The implied return of the residual is below that of an identified intangible: the allocation is suspect.' },
  'dilution-out-of-range': { vi: 'Mức pha loãng phải từ 0 đến dưới 100 %.', en: 'Dilution must be at least 0 and below 100 %.' },

  'expired': { vi: 'Quyền đã hết thời hạn bảo hộ tại thời điểm thẩm định giá.', en: 'The right had expired at the valuation date.' },
  'technology-life-exhausted': { vi: 'Vòng đời công nghệ đã hết so với ngày nộp đơn.', en: 'The technology life is already used up since filing.' },
  'legal-life-exhausted': { vi: 'Thời hạn pháp lý còn lại bằng 0.', en: 'No legal life remains.' },
  'attrition-out-of-range': { vi: 'Tỷ lệ rời bỏ phải lớn hơn 0 và nhỏ hơn 100 %.', en: 'Attrition must be above 0 and below 100 %.' },
  'share-not-reached': { vi: 'Không có năm nào đạt tỷ lệ giá trị đã nêu.', en: 'No year reaches the stated share of value.' },

  'stages-out-of-order': { vi: 'Các giai đoạn phải theo thứ tự thời gian.', en: 'The stages must be in order of time.' },
  'last-stage-today': { vi: 'Giai đoạn cuối phải sau thời điểm thẩm định giá thì mới có quyền chờ và dừng.', en: 'The last stage must come after the valuation date: otherwise there is nothing to wait for or to stop.' },
  'stage-dates-moved': { vi: 'Có thời điểm quyết định phải dời {years} năm để khớp bước của cây. Chọn nhiều bước hơn để sát ngày dự kiến.', en: 'A decision was moved by {years} years to meet a step of the tree. Choose more steps to come closer to the planned date.' },
  'revenue-before-approval': { vi: 'Có dòng tiền trước khi giai đoạn cuối bắt đầu. Hãy kiểm tra mốc thời gian.', en: 'There are flows before the last stage begins. Check the timing.' },
  'tree-invalid': { vi: 'Cây quyết định chưa đầy đủ: có nút không có nhánh hoặc không có giá trị.', en: 'The decision tree is incomplete: a node has neither branches nor a value.' },
  'no-root-in-bounds': { vi: 'Không có mức nào trong giới hạn đã nêu đạt được mục tiêu.', en: 'No level within the stated bounds reaches the target.' },
  'formula-invalid': { vi: 'Công thức không hợp lệ tại vị trí {at}.', en: 'The formula is not valid at position {at}.' },
  'name-unknown': { vi: 'Công thức dùng “{name}” nhưng chưa có giá trị.', en: 'The formula uses “{name}”, which has no value.' },
  'spread-high': { vi: 'Chênh lệch giữa các phương pháp là {spread%} so với điểm giữa, trên ngưỡng {limit%}. Hãy giải thích.', en: 'The methods differ by {spread%} of the midpoint, above the limit of {limit%}. Please explain.' },
  'no-principal': { vi: 'Chưa chọn phương pháp chính (TT 10/2019/TT-BTC, Điều 3.2).', en: 'No principal method has been chosen (Circular 10/2019/TT-BTC, Art. 3.2).' },
  'several-principals': { vi: 'Có nhiều hơn một phương pháp chính.', en: 'More than one method is marked as principal.' },
  'weighted-without-value': { vi: 'Phương pháp “{name}” có trọng số nhưng chưa có kết quả.', en: 'The method “{name}” carries a weight but has no result.' },
  'conclusion-outside-range': { vi: 'Giá trị kết luận nằm ngoài khoảng kết quả của các phương pháp. Hãy giải thích.', en: 'The conclusion lies outside the range of the methods. Please explain.' },
  'regression-outside-data': { vi: 'Đặc điểm của công nghệ thẩm định nằm ngoài các quan sát: đường hồi quy đang được kéo dài quá số liệu.', en: 'The feature of the subject lies outside the observations: the line is carried beyond its data.' },
  'form-replaced': { vi: 'Mẫu tính này đã hết hiệu lực từ ngày 1/7/2024: chỉ dùng để đối chiếu.', en: 'This form was replaced on 1 July 2024: use it for comparison only.' },
  'support-unknown': { vi: 'Phiên bản chương trình này chưa có bảng tính phụ “{method}”. Hãy mở hồ sơ bằng phiên bản mới hơn.', en: 'This version of the program does not have the supporting computation “{method}”. Open the dossier with a newer version.' },
  'support-differs': { vi: 'Số đang dùng khác kết quả hiện nay của bảng tính phụ: {namesVi}. Hãy đưa kết quả mới vào, hoặc ghi lý do giữ số đang dùng.', en: 'The number in use differs from what its supporting computation now gives: {namesEn}. Bring the new figure over, or give the reason for keeping the number.' },
  'support-kept': { vi: 'Số đang dùng khác kết quả của bảng tính phụ, có lý do ghi ở số liệu: {namesVi}.', en: 'The number in use differs from its supporting computation for the reason stated with the input: {namesEn}.' },
  'unassessed-element': { vi: 'Còn yếu tố then chốt chưa được đánh giá.', en: 'A critical element has not been assessed.' },

  'volatility-weakest': { vi: 'Độ biến động là số liệu yếu nhất của mô hình quyền chọn. Hãy nêu cách ước lượng.', en: 'Volatility is the weakest input of an option model. State how it was estimated.' },
  'technical-risk-in-rate': { vi: 'Mô hình đã tính xác suất từng giai đoạn: tỷ suất chiết khấu không được chứa lại rủi ro kỹ thuật.', en: 'Stage probabilities are in the model: the discount rate must not contain technical risk again.' },

  'risk-counted-twice': { vi: 'Rủi ro “{nameVi}” được tính ở nhiều chỗ ({placesVi}). Chỉ giữ một chỗ, hoặc ghi lý do cho lần tính thứ hai.', en: 'The risk “{nameEn}” is counted in more than one place ({placesEn}). Keep one, or write the reason for the second.' },
  'timing-mixed': { vi: 'Dòng tiền, tỷ lệ rời bỏ và lợi ích thuế đang dùng các quy ước thời điểm khác nhau. Hãy dùng một quy ước.', en: 'Flows, attrition and tax benefit use different timing conventions. Use one.' },
  'real-and-nominal-mixed': { vi: 'Dòng tiền và tỷ suất không cùng cách tính lạm phát (thực và danh nghĩa). Hãy đưa về cùng một cách.', en: 'Flows and rate are not on the same inflation basis (real and nominal). Bring them to one basis.' },
  'currencies-mixed': { vi: 'Dòng tiền tính bằng {flow}, tỷ suất tính cho {rate}. Hãy quy đổi tỷ suất theo lạm phát của hai đồng tiền.', en: 'The flows are in {flow}, the rate is for {rate}. Convert the rate by the inflation of the two currencies.' },
  'pre-and-post-tax-mixed': { vi: 'Dòng tiền và tỷ suất không cùng cơ sở thuế (trước thuế và sau thuế).', en: 'Flows and rate are not on the same tax basis (before and after tax).' },
  'charges-before-tax': { vi: 'Chi phí tài sản đóng góp tính trước thuế trong khi thu nhập đã trừ thuế. Hãy nhân chi phí với (1 − thuế suất).', en: 'The contributory charges are before tax while the earnings are after tax. Multiply the charges by (1 − tax rate).' },
  'terminal-discounted-wrongly': { vi: 'Giá trị cuối kỳ đang chiết khấu {years} năm, phải là {right} năm: tăng trưởng đều theo thời điểm của dòng tiền cuối, bán lại theo năm trọn.', en: 'The terminal value is discounted over {years} years; it should be {right}: steady growth by the time of the last flow, an exit by whole years.' },
  'sheets-disagree': { vi: 'Các phương pháp đang dùng “{namesVi}” khác nhau. Nếu cùng một tài sản và thị trường, hãy thống nhất hoặc giải thích.', en: 'The methods use different values of “{namesEn}”. For one asset and market, bring them together or explain.' },
} as const satisfies Readonly<Record<string, Text>>

/** Quantities that the sentences above speak of by name. */
const quantities: Readonly<Record<string, Text>> = {
  age: { vi: 'Tuổi', en: 'Age' },
  annualDecline: { vi: 'Tỷ lệ suy giảm', en: 'Yearly decline' },
  buildYears: { vi: 'Thời gian tạo ra công nghệ', en: 'Time to build' },
  capital: { vi: 'Nguồn vốn', en: 'Capital' },
  contribution: { vi: 'Hệ số đóng góp công nghệ', en: 'Technology contribution' },
  cost: { vi: 'Chi phí', en: 'Cost' },
  curveParameters: { vi: 'Tham số đường sống sót', en: 'Parameters of the survival curve' },
  debtToEquity: { vi: 'Tỷ lệ nợ trên vốn chủ sở hữu', en: 'Debt to equity' },
  decliningFactor: { vi: 'Hệ số khấu hao nhanh', en: 'Declining-balance factor' },
  developerProfit: { vi: 'Lợi nhuận của nhà phát triển', en: 'Developer’s profit' },
  endValue: { vi: 'Giá trị cuối', en: 'End value' },
  equityWeight: { vi: 'Tỷ trọng vốn chủ sở hữu', en: 'Equity weight' },
  exponent: { vi: 'Số mũ công suất', en: 'Capacity exponent' },
  life: { vi: 'Tuổi đời', en: 'Life' },
  multiple: { vi: 'Hệ số nhân', en: 'Multiple' },
  periods: { vi: 'Số kỳ', en: 'Number of periods' },
  periodsPerYear: { vi: 'Số kỳ ghép lãi trong năm', en: 'Compounding periods a year' },
  presentValue: { vi: 'Giá trị hiện tại', en: 'Present value' },
  price: { vi: 'Giá', en: 'Price' },
  profitShare: { vi: 'Tỷ lệ phân chia lợi nhuận', en: 'Profit share' },
  residualValue: { vi: 'Giá trị phần còn lại', en: 'Residual value' },
  residue: { vi: 'Phần còn lại', en: 'Residue' },
  standardDeviation: { vi: 'Độ lệch chuẩn', en: 'Standard deviation' },
  startValue: { vi: 'Giá trị đầu', en: 'Start value' },
  trim: { vi: 'Tỷ lệ cắt', en: 'Trimmed share' },
  valueShare: { vi: 'Tỷ lệ giá trị', en: 'Share of value' },
  vatRate: { vi: 'Thuế suất thuế giá trị gia tăng', en: 'VAT rate' },
  years: { vi: 'Số năm', en: 'Number of years' },
}

export type ReasonCode = keyof typeof reasons

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasons, code)

/** A note of the engine: a code and the values its sentence needs. */
export const note = (code: ReasonCode, details?: Readonly<Record<string, string | number>>): Note =>
  details === undefined ? { code } : { code, details }

const fill = (sentence: string, note: Note, language: 'vi' | 'en'): string =>
  sentence.replace(/\{(\w+)(%?)\}/g, (_, name: string, percent: string) => {
    const detail = note.details?.[name]
    if (typeof detail === 'number') return percent === '%' ? formatPercent(detail, language) : formatNumber(detail, language, { maxDecimals: 9 })
    if (detail === undefined) return '…'
    return name === 'name' && Object.hasOwn(quantities, detail) ? quantities[detail]?.[language] ?? detail : detail
  })

/** The sentence of a note in both languages. A reason may also be a code of the fault table; an unknown code is shown as itself. */
export const noteText = (note: Note): Text => {
  if (!isReasonCode(note.code)) {
    if (!isFaultCode(note.code)) return { vi: note.code, en: note.code }
    return faultText(note.details === undefined ? { code: note.code } : { code: note.code, details: note.details })
  }
  const row: Text = reasons[note.code]
  return { vi: fill(row.vi, note, 'vi'), en: fill(row.en, note, 'en') }
}
