import { curableSupport, depreciationSupport, kiboSupport, obsolescenceSupport, priceIndexSupport, vietnamCostSupport } from './cost.ts'
import { decisionTreeSupport, tabSupport, volatilitySupport } from './income.ts'
import type { SupportSpec } from './kit.ts'
import { economicLifeSupport, legalLifeSupport, survivalLifeSupport, technologyCycleTimeSupport, technologyLifeSupport, valueLifeSupport } from './life.ts'
import { regressionSupport, royaltyFromProfitSupport, royaltySupport, timeAdjustmentSupport } from './market.ts'
import { kiatPremiumSupport, kiatRateSupport, realNominalSupport, ventureRateSupport, waraSupport } from './rates-adjusted.ts'
import { betaSupport, buildUpSupport, capmSupport, waccSupport } from './rates.ts'

/** Every supporting computation of this version, in the order in which the picker shows them. */
export const supports: readonly SupportSpec[] = [
  waccSupport,
  capmSupport,
  betaSupport,
  buildUpSupport,
  ventureRateSupport,
  kiatRateSupport,
  kiatPremiumSupport,
  waraSupport,
  realNominalSupport,
  economicLifeSupport,
  legalLifeSupport,
  technologyLifeSupport,
  technologyCycleTimeSupport,
  survivalLifeSupport,
  valueLifeSupport,
  royaltySupport,
  royaltyFromProfitSupport,
  regressionSupport,
  timeAdjustmentSupport,
  priceIndexSupport,
  depreciationSupport,
  obsolescenceSupport,
  curableSupport,
  kiboSupport,
  vietnamCostSupport,
  tabSupport,
  decisionTreeSupport,
  volatilitySupport,
]

const byId: ReadonlyMap<string, SupportSpec> = new Map(supports.map((support) => [support.id, support]))

/** The support of an id such as `wacc/1`, or undefined when this version does not have it. */
export const supportById = (id: string): SupportSpec | undefined => byId.get(id)

/** Supports offered beside an input, best known first. */
export const supportsFor = (key: string): readonly SupportSpec[] => supports.filter(({ feeds }) => feeds.includes(key))
