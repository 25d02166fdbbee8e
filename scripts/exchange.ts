// `npm run exchange`: the reference exchange on loopback with its embedded database.
import '../exchange/main.ts'
