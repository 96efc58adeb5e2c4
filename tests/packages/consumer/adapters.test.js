// For Jest, which has a module system of its own. It reads this file as CommonJS.
const { answers } = require("./gate.cjs")

test.each(["express", "koa", "hono"])("%s gates an app", async (name) => {
  const { app } = require(`./${name}/app.cjs`)
  expect(await answers(app)).toEqual(["200 web", "401 Jwt missing", "403 Access Denied"])
})

test("core brings its suite", async () => {
  const { conformanceRows, mismatches } = require("@jwt-auth/core/testing")
  expect((await conformanceRows()).length).toBeGreaterThan(100)
  expect(mismatches).toBeInstanceOf(Function)
})
