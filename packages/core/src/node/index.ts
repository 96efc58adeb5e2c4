export { applyEdits } from "./apply-edits.js"
export { refreshQuery } from "./refresh-query.js"
export { type RequestView, toAuthRequest } from "./to-auth-request.js"
export { upgrade } from "./upgrade.js"
