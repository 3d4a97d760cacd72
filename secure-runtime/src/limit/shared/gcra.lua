-- The arithmetic of limits, the same as in ../counter.rs; a test holds the two together. count.lua goes on from here.
--
-- `now` is the server's time: {seconds, microseconds}, as TIME gives it. Times are kept as seconds and nanoseconds, since
-- one number of nanoseconds would be too large for a double; their differences, up to 104 days, are exact.
local sec, nano = tonumber(now[1]), tonumber(now[2]) * 1000
local floor, min, max = math.floor, math.min, math.max

local function owed_by(kept, whole)
  if not kept then return 0 end
  local at, rest = string.match(kept, '(%d+) (%d+)')
  return min(max((at - sec) * 1e9 + (rest - nano), 0), whole)
end

-- What to keep of a bucket that will be full after this time, and for how many ms.
local function owing(time)
  local total = nano + time
  local rest = math.fmod(total, 1e9)
  return string.format('%d %d', sec + (total - rest) / 1e9, rest), string.format('%d', time / 1e6 + 1)
end

-- Takes what is kept, the cost and the parameters, and gives: admitted, remaining, wait, what to keep, for how many ms.
local function gcra(kept, cost, interval, size)
  local whole = interval * size
  local owed = owed_by(kept, whole)
  local after = owed + interval * cost
  if after > whole then
    return false, floor((whole - owed) / interval), after - whole
  end
  return true, floor((whole - after) / interval), after, owing(after)
end
