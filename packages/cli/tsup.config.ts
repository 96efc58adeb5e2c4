import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/main.ts"],
  // A program and no library: nobody requires it, so there is no CommonJS form and no declarations.
  format: ["esm"],
  target: "node20",
  removeNodeProtocol: false,
  clean: true,
  silent: true,
  tsconfig: "../../tsconfig.base.json",
})
