import type { Denial } from "../decision.js"

/** A response that any framework can send. */
export interface DenialResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The answer to a refused request: the message as plain text, as the gateway answers, or RFC 9457 problem details for
 * a client whose `Accept` names JSON. Holds nothing of the request.
 *
 * @param accept the request's `Accept` header, if it has one
 */
export function denialResponse(denial: Denial, accept = ""): DenialResponse {
  const { status, code, message } = denial
  const json = namesJson(accept)
  return {
    status,
    headers: {
      ...denial.headers,
      "Content-Type": json ? "application/problem+json" : "text/plain; charset=utf-8",
      Vary: "Accept",
      // A refusal that is stored would be given to whoever asks next (RFC 9111 §3).
      "Cache-Control": "no-store",
    },
    body: json
      ? JSON.stringify({ type: `urn:problem:jwt-auth:${code}`, title: message, status, code })
      : message,
  }
}

/** A wildcard names nothing: a browser's or curl's `Accept` keeps the gateway's plain text. */
function namesJson(accept: string): boolean {
  return accept.split(",").some((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase())
    return /^application\/(?:[\w.-]+\+)?json$/.test(type) && !parameters.some((p) => /^q=0(?:\.0*)?$/.test(p))
  })
}
