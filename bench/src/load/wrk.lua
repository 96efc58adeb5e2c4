-- Asks with the tokens of a file in turn: wrk … -s wrk.lua url -- file
local requests = {}
local next = 0

function init(args)
  for token in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", "/", { Authorization = "Bearer " .. token })
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

-- The form of load.ts. Times are in microseconds.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%f,"failed":%d,"p50":%f,"p99":%f}\n',
    summary.requests,
    summary.duration / 1e6,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3
  ))
end
