import type { SampleCard } from '../../../shared/dossier/samples.ts'
import type { Text } from '../../../shared/kernel/fault-shape.ts'
import type { DossierKind } from '../../../shared/schema/dossier.ts'

// One field at a time, so that the rest of the files stays out of the first download.
const ids = import.meta.glob<string>('../../../resources/samples/*.json', { eager: true, import: 'id' })
const kinds = import.meta.glob<DossierKind>('../../../resources/samples/*.json', { eager: true, import: 'kind' })
const titles = import.meta.glob<Text>('../../../resources/samples/*.json', { eager: true, import: 'title' })
const summaries = import.meta.glob<Text>('../../../resources/samples/*.json', { eager: true, import: 'summary' })
const sources = import.meta.glob<Text>('../../../resources/samples/*.json', { eager: true, import: 'source' })

/** The one for Viet Nam comes first. */
const order = ['say-bom-nhiet', 'han-quoc', 'avonex']
const placeOf = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)

/** The samples shipped with the program, as the empty list offers them; the content of one is loaded when it is opened. */
export const samples: readonly SampleCard[] = Object.keys(ids)
  .flatMap((file): readonly SampleCard[] => {
    const [id, kind, title, summary, source] = [ids[file], kinds[file], titles[file], summaries[file], sources[file]]
    return id === undefined || kind === undefined || title === undefined || summary === undefined || source === undefined ? [] : [{ id, kind, title, summary, source }]
  })
  .toSorted((a, b) => placeOf(a.id) - placeOf(b.id))
