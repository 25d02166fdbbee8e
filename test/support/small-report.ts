import { drawReport } from '../../shared/pdf/draw.ts'
import { signatureFieldNames, type ReportModel } from '../../shared/report/model.ts'
import { drawOptions } from './report-dossier.ts'

/** A report of one page with both signature fields and the attachments: small, so that every byte of it can be tried. */
export const smallModel: ReportModel = {
  language: 'vi', draftMark: '',
  masthead: { issuer: 'CÔNG TY THẨM ĐỊNH GIÁ PHƯƠNG NAM', number: 'Số: 05/BC-PN', nation: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'], placeAndDate: 'Hà Nội, ngày 05 tháng 11 năm 2026' },
  title: 'BÁO CÁO THẨM ĐỊNH GIÁ CÔNG NGHỆ', subject: 'Công nghệ: Sấy lạnh trái cây',
  blocks: [
    { kind: 'heading', level: 1, text: 'I. KẾT LUẬN' },
    { kind: 'paragraph', style: 'body', runs: [{ text: 'Giá trị công nghệ là ' }, { text: '7.500 triệu đồng', bold: true }, { text: ' (bảy tỷ năm trăm triệu đồng).' }] },
    { kind: 'signatures' },
  ],
  signatures: [
    { field: signatureFieldNames.appraiser, heading: ['THẨM ĐỊNH VIÊN VỀ GIÁ'], name: 'Nguyễn Thị Thẩm Định', detail: 'Số thẻ: IX14.1234' },
    { field: signatureFieldNames.issuer, heading: ['TỔNG GIÁM ĐỐC'], name: 'Phan Thị Bích Ngọc', detail: '' },
  ],
  recipients: { title: 'Nơi nhận:', items: ['Như trên', 'Lưu: VT'] }, footer: '', missingGlyphs: 'Có ký tự được in là □.',
  document: { title: 'Báo cáo', subject: 'Hồ sơ', author: 'Phương Nam', keywords: '' },
}

export const smallReport = (): Promise<Uint8Array> => drawReport(smallModel, drawOptions)
