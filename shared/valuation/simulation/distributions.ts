import { exp, log, log1p } from '../numeric/elementary.ts'
import { betaDistribution } from '../numeric/incomplete-beta.ts'
import { normalCdf, normalPdf, normalQuantile, normalSurvival } from '../numeric/normal.ts'
import { integrate } from '../numeric/quadrature.ts'
