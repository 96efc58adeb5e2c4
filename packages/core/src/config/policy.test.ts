import { expect, it } from "vitest"
import { loadConfig } from "../check-config.js"
import { compileConsumers } from "./policy.js"

const k = "A".repeat(43)

it("consumers that write the default places out are looked up together with those that leave them out", () => {
  const written = {
    from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
    from_params: ["access_token"],
  }
  const { consumers } = loadConfig({
    consumers: [{}, written, { from_headers: written.from_headers }].map((places, i) => ({
      name: `c${i}`,
      issuer: `i${i}`,
      jwks: { keys: [{ kty: "oct", k }] },
      ...places,
    })),
  })
  const { groups, places } = compileConsumers(consumers)
  expect(groups.map((group) => group.indexes.map(({ byValues }) => [...byValues.keys()]))).toEqual([
    [["i0", "i1"]],
    [["i2"]],
  ])
  expect(places).toHaveLength(2)
  expect(groups[1]?.places[0]).toBe(groups[0]?.places[0])
})
