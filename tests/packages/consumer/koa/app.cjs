const { jwtAuth } = require("@jwt-auth/koa")
const Koa = require("koa")
const { config } = require("../gate.cjs")

const auth = jwtAuth(config)
const app = new Koa()
app.use(auth.allow("web"))
app.use((ctx) => {
  ctx.body = auth.get(ctx).consumer
})

exports.app = app
