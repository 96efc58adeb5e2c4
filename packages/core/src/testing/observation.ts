/** What a runner saw become of a row's request. */
export type Observation = ObservedPassage | ObservedRefusal

/** The app behind was reached. */
export interface ObservedPassage {
  readonly outcome: "allow" | "pass"
  /** The consumer's name as the app is told it. */
  readonly consumer?: string | undefined
  /** The code of what `report_only` reported, or null. */
  readonly wouldDeny?: string | null | undefined
  /** Every way in which the app can read its request headers, by a name for people. All must agree. */
  readonly views: Readonly<Record<string, HeaderView>>
  /** Path and query, as the app sees them. */
  readonly path: string
  /** `Cache-Control` of the response. */
  readonly cacheControl: string | null
}

/** Request headers by lower-case name, without those that the runner added itself. */
export type HeaderView = Readonly<Record<string, string | readonly string[] | undefined>>

/** The client was answered in the app's stead. */
export interface ObservedRefusal {
  readonly outcome: "deny"
  readonly status: number
  /** Absent where the answer does not show it: in a text, or without a body. */
  readonly code?: string | undefined
  readonly wwwAuthenticate: string | null
  readonly contentType: string | null
  readonly body: string
}
