import type { JwtAuthConfig } from "@jwt-auth/core"
import { fromApisix, fromHigress, type Imported } from "@jwt-auth/core/import"
import { type GatewaySource, isObject } from "./gateway-source.js"
import { joinApisix } from "./join-apisix.js"
import { joinHigress } from "./join-higress.js"
import type { ConfigPlace } from "./note-places.js"
import { placesInApisix } from "./place-apisix.js"
import { placesInHigress } from "./place-higress.js"
import type { SourceDocument } from "./read-documents.js"

/** How the config of a gateway is read. */
export interface Gateway {
  /** As it is typed. */
  readonly name: string
  /** As people call it. */
  readonly title: string
  /** Makes one source of all documents. */
  readonly join: (documents: readonly SourceDocument[]) => GatewaySource
  readonly translate: (source: unknown, options: TranslateOptions) => Imported | Promise<Imported>
  /** Which consumer or rule of the config a path of the source is about. */
  readonly placesIn: (source: unknown, config: JwtAuthConfig) => (path: string) => ConfigPlace | undefined
}

export interface TranslateOptions {
  readonly allowWeakHmac: boolean
}

export const higress: Gateway = {
  name: "higress",
  title: "Higress",
  join: joinHigress,
  translate: fromHigress,
  placesIn: placesInHigress,
}

export const apisix: Gateway = {
  name: "apisix",
  title: "Apache APISIX",
  join: joinApisix,
  translate: (source, options) => fromApisix(isObject(source) ? source : {}, options),
  placesIn: placesInApisix,
}
