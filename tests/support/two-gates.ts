import { bearer, consumer, tokenOf } from "./consumers.js"

/** Forwards `sub` under this name. */
export const subAs = (header: string, override = true) => ({
  claims_to_headers: [{ claim: "sub", header, override }],
})

/** One gate for the calling service, one for the user it calls for. */
export const serviceConfig = {
  global_auth: true,
  consumer_header: "X-Service",
  consumers: [
    consumer("service", { from_headers: [{ name: "X-Service-Token" }], ...subAs("X-Service-Sub") }),
  ],
}
export const userConfig = {
  global_auth: true,
  consumer_header: "X-User",
  consumers: [consumer("user", { ...subAs("X-User-Sub"), keep_token: false })],
}

/** The headers of a request with a token for each. */
export const both = (service: string, user: string) => ({
  "X-Service-Token": tokenOf(service),
  ...bearer(user),
})
