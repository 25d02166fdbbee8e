import '../../../../renderer/trust.ts'
import { connectHost } from '../../../../renderer/host/connect.ts'
import { browserPorts } from '../../../../renderer/store/browser-ports.ts'
import { createStore } from '../../../../renderer/store/create-store.ts'

// The store as the product's page makes it, without screens; the test drives it from outside.
const host = await connectHost()
if (host === null) throw new Error('no host')
Object.assign(globalThis, { store: createStore(browserPorts(host)) })
