import type { Auth, Decision, HeaderEdit, JwtClaims } from "../decision.js"

const mark = "(redacted)"

/** The decision without the values of claims, wherever it has them. */
export function redactDecision(decision: Decision): Decision {
  if (decision.outcome !== "allow") return decision
  const { auth, edits } = decision
  return {
    ...decision,
    auth: redactAuth(auth),
    edits: { ...edits, headers: edits.headers.map((edit) => redactEdit(edit, auth.consumer)) },
  }
}

function redactAuth({ consumer, claims, header }: Auth): Auth {
  const values: JwtClaims = Object.fromEntries(Object.keys(claims).map((name) => [name, mark]))
  const auth = { consumer, claims: values, header }
  return Object.defineProperty(auth, "token", { value: mark }) as Auth
}

/** A header that is set or appended holds a claim, unless it is the consumer's name. */
function redactEdit(edit: HeaderEdit, consumer: string): HeaderEdit {
  return edit.value === undefined || edit.value === consumer ? edit : { ...edit, value: mark }
}
