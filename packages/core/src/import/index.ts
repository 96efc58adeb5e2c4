export { type ApisixSource, type FromApisixOptions, fromApisix } from "./apisix/from-apisix.js"
export { fromHigress } from "./higress/from-higress.js"
export type { Imported, ImportNote } from "./note.js"
