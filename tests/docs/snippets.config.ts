import { defineConfig } from "vitest/config"

const conditions = ["@jwt-auth/source"]

// For the tests that stand in the documentation: they are written below node_modules, out of sight of git and linters.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { exclude: [], server: { deps: { inline: [/\.docs/] } } },
})
