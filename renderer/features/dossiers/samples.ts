import type { Text } from '../../../shared/kernel/fault-shape.ts'
import type { DossierKind } from '../../../shared/schema/dossier.ts'

/** The sample dossiers as the empty list offers them; their content is `resources/samples`. */
export const samples: readonly { readonly id: string; readonly kind: DossierKind; readonly title: Text; readonly source: Text }[] = []
