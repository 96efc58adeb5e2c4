import { defineProject } from "vitest/config"

const conditions = ["@jwt-auth/source"]

/** What the core does where there is no Node: the same, on jose and Web Crypto. */
export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    name: "core-web-crypto",
    setupFiles: "test/engines/without-node.ts",
    include: [
      "src/verify/*.test.ts",
      "test/attacks/**/*.test.ts",
      "test/conformance.test.ts",
      "test/engines/*.test.ts",
      "test/properties/cached-verdicts.test.ts",
      "test/security-checklist/*.test.ts",
      "test/token-cache/{attacks,rules}.test.ts",
      "test/vectors/*.test.ts",
    ],
    // What depends on neither the engine nor the reader.
    exclude: [
      "src/verify/{eviction-queue,pacing,token-cache}.test.ts",
      "test/attacks/{header-injection,host-patterns,hosts,path-rules,paths,rule-order,spoofed-identity}.test.ts",
    ],
  },
})
