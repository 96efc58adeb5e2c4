export { applyEdits, type EditOptions } from "./apply-edits.js"
export { toAuthRequest } from "./to-auth-request.js"
