import type { JwtAuthConfig } from "@jwt-auth/express"

// The example of the Higress jwt-auth document (plugins/wasm-cpp/extensions/jwt_auth/README.md in its repository),
// keys included. They are published test keys: everybody knows them, so never use them for anything but a demo.

const consumer1Keys = `{
  "keys": [
    {
      "kty": "oct",
      "kid": "123",
      "k": "hM0k3AbXBPpKOGg__Ql2Obcq7s60myWDpbHXzgKUQdYo7YCRp0gUqkCnbGSvZ2rGEl4YFkKqIqW7mTHdj-bcqXpNr-NOznEyMpVPOIlqG_NWVC3dydBgcsIZIdD-MR2AQceEaxriPA_VmiUCwfwL2Bhs6_i7eolXoY11EapLQtutz0BV6ZxQQ4dYUmct--7PLNb4BWJyQeWu0QfbIthnvhYllyl2dgeLTEJT58wzFz5HeNMNz8ohY5K0XaKAe5cepryqoXLhA-V-O1OjSG8lCNdKS09OY6O0fkyweKEtuDfien5tHHSsHXoAxYEHPFcSRL4bFPLZ0orTt1_4zpyfew",
      "alg": "HS256"
    }
  ]
}`

const consumer2Keys = `{
  "keys": [
    {
      "kty": "RSA",
      "e": "AQAB",
      "use": "sig",
      "kid": "123",
      "alg": "RS256",
      "n": "i0B67f1jggT9QJlZ_8QL9QQ56LfurrqDhpuu8BxtVcfxrYmaXaCtqTn7OfCuca7cGHdrJIjq99rz890NmYFZuvhaZ-LMt2iyiSb9LZJAeJmHf7ecguXS_-4x3hvbsrgUDi9tlg7xxbqGYcrco3anmalAFxsbswtu2PAXLtTnUo6aYwZsWA6ksq4FL3-anPNL5oZUgIp3HGyhhLTLdlQcC83jzxbguOim-0OEz-N4fniTYRivK7MlibHKrJfO3xa_6whBS07HW4Ydc37ZN3Rx9Ov3ZyV0idFblU519nUdqp_inXj1eEpynlxH60Ys_aTU2POGZh_25KXGdF_ZC_MSRw"
    }
  ]
}`

export const config: JwtAuthConfig = {
  global_auth: false,
  consumers: [
    { name: "consumer1", issuer: "abcd", jwks: consumer1Keys },
    { name: "consumer2", issuer: "abc", jwks: consumer2Keys },
  ],
  // The first rule that matches decides. The domains come first because here, unlike on a gateway, every host reaches
  // the route of /test.
  rules: [
    { match: { domain: ["*.example.com", "test.com"] }, allow: ["consumer2"] },
    { match: { route: ["route-a", "route-b"] }, allow: ["consumer1"] },
  ],
}
