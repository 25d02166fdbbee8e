import type { DossierState } from '../schema/dossier.ts'
import type { MethodSpec } from '../valuation/figure.ts'
import { linksOf, supportFigures, type SupportLink } from '../valuation/supports/links.ts'
import { supportById } from '../valuation/supports/registry.ts'
import type { Demand } from './progress.ts'
import { missingInputs, unsourcedInputs } from './sheets.ts'

const demand = (id: string, vi: string, en: string): Demand => ({ id: `valuation.support.${id}`, section: 'valuation', gate: 'submit', text: { vi, en }, blocking: true, share: 0 })

const demandsOf = ({ valuation }: DossierState, link: SupportLink): readonly Demand[] => {
  const { support: id, title, sheetTitle, spec } = link
  const support = valuation.supports?.[id]
  const method = support === undefined ? undefined : supportById(support.method)
  const [missing] = support === undefined || method === undefined ? [] : missingInputs(support, method)
  const [bare] = support === undefined || method === undefined ? [] : unsourcedInputs(support, method)
  return [
    ...(link.state === 'differs' ? [demand(`${id}.differs`,
      `Đưa kết quả hiện nay của bảng tính phụ “${title.vi}” vào “${spec.label.vi}” (${sheetTitle.vi}), hoặc ghi lý do giữ số đang dùng`,
      `Bring the present figure of the supporting computation “${title.en}” over into “${spec.label.en}” (${sheetTitle.en}), or give the reason for keeping the number in use`)] : []),
    ...(missing === undefined ? [] : [demand(`${id}.inputs`, `Nhập “${missing.label.vi}” của bảng tính phụ “${title.vi}”`, `Enter “${missing.label.en}” of the supporting computation “${title.en}”`)]),
    ...(bare === undefined ? [] : [demand(`${id}.sources`, `Ghi nguồn của “${bare.label.vi}” trong bảng tính phụ “${title.vi}”`, `State the source of “${bare.label.en}” in the supporting computation “${title.en}”`)]),
  ]
}

/** What the supporting computations that feed an input still lack, or say otherwise than that input (yêu cầu về bảng tính phụ); drafts that feed nothing demand nothing. */
export const supportDemands = (state: DossierState, methods: (id: string) => MethodSpec | undefined): readonly Demand[] =>
  state.valuation.supports === undefined ? [] : linksOf(state.valuation, supportFigures(state.valuation), methods).flatMap((link) => demandsOf(state, link))
