import { profileEn } from '../../shared/i18n/en/profile.ts'
import { profileVi } from '../../shared/i18n/vi/profile.ts'
import type { IpRight, Profile } from '../../shared/schema/dossier.ts'
import { useT } from './language.tsx'

const purposes = {
  transfer: 'purposeTransfer', licence: 'purposeLicence', capitalContribution: 'purposeCapital', auction: 'purposeAuction', loan: 'purposeLoan',
  investment: 'purposeInvestment', stateTask: 'purposeState', other: 'purposeOther', '': 'choose',
} as const
const bases = { market: 'basisMarket', nonMarket: 'basisNonMarket', investment: 'basisInvestment', liquidation: 'basisLiquidation', '': 'choose' } as const
const types = {
  patent: 'typePatent', utilitySolution: 'typeUtility', industrialDesign: 'typeDesign', trademark: 'typeTrademark', copyright: 'typeCopyright',
  tradeSecret: 'typeSecret', layoutDesign: 'typeLayout', plantVariety: 'typePlant', other: 'typeOther',
} as const
const states = { pending: 'statePending', granted: 'stateGranted', expired: 'stateExpired', rejected: 'stateRejected', unregistered: 'stateUnregistered' } as const

/** Names of purposes, bases of value, types and states of rights in the language of the moment. */
export const useProfileWords = (): {
  readonly purpose: (purpose: Profile['purpose']) => string
  readonly basis: (basis: Profile['basis']) => string
  readonly rightType: (type: IpRight['type']) => string
  readonly rightState: (state: IpRight['state']) => string
} => {
  const t = useT(profileVi, profileEn)
  return { purpose: (purpose) => t(purposes[purpose]), basis: (basis) => t(bases[basis]), rightType: (type) => t(types[type]), rightState: (state) => t(states[state]) }
}
