/** What a plugin, by its name, does to the question of who may call. */
export type PluginKind =
  /** It decides who is calling, or whether they may: a route with it is not open. */
  | "guards"
  /** It refuses some requests for other reasons: rates, addresses, the form of the request. */
  | "limits"
  /** It shapes, logs or measures. */
  | "shapes"

const limits = new Set(
  (
    "limit-count limit-req limit-conn ai-rate-limiting api-breaker traffic-split workflow ip-restriction " +
    "referer-restriction ua-restriction uri-blocker csrf request-validation client-control chaitin-waf " +
    "coraza-filter oas-validator degraphql fault-injection mocking data-mask ai-prompt-guard ai-aws-content-moderation"
  ).split(" "),
)

const shapes = new Set(
  (
    "cors proxy-rewrite response-rewrite redirect grpc-transcode grpc-web gzip brotli real-ip proxy-mirror " +
    "proxy-cache proxy-control proxy-buffering request-id prometheus zipkin skywalking opentelemetry datadog " +
    "node-status server-info echo example-plugin body-transformer attach-consumer-label log-rotate " +
    "http-logger tcp-logger udp-logger kafka-logger rocketmq-logger sls-logger syslog file-logger loggly " +
    "clickhouse-logger google-cloud-logging splunk-hec-logging elasticsearch-logger tencent-cloud-cls " +
    "loki-logger lago error-log-logger skywalking-logger kafka-proxy dubbo-proxy http-dubbo " +
    "public-api batch-requests inspect gm ai-proxy ai-proxy-multi"
  ).split(" "),
)

/** A plugin that nobody here has heard of may well guard. */
export function kindOfPlugin(name: string): PluginKind {
  if (limits.has(name)) return "limits"
  return shapes.has(name) ? "shapes" : "guards"
}
