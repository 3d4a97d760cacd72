-- Draws from several buckets at once. The same arithmetic as in ../counter.rs; a test holds the two together.
--
-- `now` is the server's time: {seconds, microseconds}, as TIME gives it. Times are kept as seconds and nanoseconds, since
-- one number of nanoseconds would be too large for a double; their differences, up to 104 days, are exact.
--
-- ARGV, for each key: algorithm, cost, and the algorithm's parameters. Then 'each', if the others are counted where one refuses.
-- Answers for each key: 1 if it is admitted, what remains, and nanoseconds to wait.
local sec, nano = tonumber(now[1]), tonumber(now[2]) * 1000
local floor, min, max = math.floor, math.min, math.max

-- Each takes what is kept, the cost and the parameters, and gives: admitted, remaining, wait, what to keep, for how many ms.
local function gcra(kept, cost, interval, size)
  local whole, owed = interval * size, 0
  if kept then
    local at, rest = string.match(kept, '(%d+) (%d+)')
    owed = min(max((at - sec) * 1e9 + (rest - nano), 0), whole)
  end
  local after = owed + interval * cost
  if after > whole then
    return false, floor((whole - owed) / interval), after - whole
  end
  local total = nano + after
  local rest = math.fmod(total, 1e9)
  local keep = string.format('%d %d', sec + (total - rest) / 1e9, rest)
  return true, floor((whole - after) / interval), after, keep, string.format('%d', after / 1e6 + 1)
end

-- What most requests ask, before the rest is even defined: Lua makes the functions anew in each run, and the server does nothing
-- else meanwhile.
if #KEYS == 1 and ARGV[1] == 'gcra' then
  local key, cost = KEYS[1], tonumber(ARGV[2])
  local admitted, remaining, wait, keep, ms = gcra(redis.call('GET', key), cost, tonumber(ARGV[3]), tonumber(ARGV[4]))
  if admitted and cost > 0 then redis.call('SET', key, keep, 'PX', ms) end
  return { admitted and 1 or 0, remaining, wait }
end

local function numbers(text)
  local all = {}
  if text then
    for number in string.gmatch(text, '%d+') do all[#all + 1] = tonumber(number) end
  end
  return all
end

local count = { gcra = gcra }

function count.fixed_quota(kept, cost, window, size)
  local begin = sec - sec % window
  local kept, used = numbers(kept), 0
  if kept[1] and kept[1] >= begin then used = kept[2] end
  local after = used + cost
  local wait = (begin + window - sec) * 1e9 - nano
  if after > size then
    return false, max(size - used, 0), wait
  end
  return true, size - after, wait, string.format('%d %d', begin, after), floor(wait / 1e6) + 1
end

function count.sliding_window(kept, cost, window, size)
  local begin = sec - sec % window
  local kept, used, before = numbers(kept), 0, 0
  if kept[1] and kept[1] >= begin then
    used, before = kept[2], kept[3]
  elseif kept[1] and kept[1] + window == begin then
    before = kept[2]
  end
  used, before = min(used, size), min(before, size)
  local length = window * 1000
  local elapsed = (sec - begin) * 1000 + floor(nano / 1e6)
  local whole, after = size * length, used + cost
  local weight = before * (length - elapsed) + after * length
  if weight <= whole then
    local wait = (begin + (after > 0 and 2 * window or window) - sec) * 1e9 - nano
    local keep = string.format('%d %d %d', begin, after, before)
    return true, floor((whole - weight) / length), wait, keep, floor(wait / 1e6) + 1
  end
  local function fits(older, room)
    if older == 0 then return 0 end
    return max(length - floor(room * length / older), 0)
  end
  local wait
  if after <= size then
    wait = (begin - sec) * 1e9 - nano + fits(before, size - after) * 1e6
  else
    wait = (begin + window - sec) * 1e9 - nano + fits(used, max(size - cost, 0)) * 1e6
  end
  local left = max(whole - (before * (length - elapsed) + used * length), 0)
  return false, floor(left / length), max(wait, 0)
end

function count.backoff(kept, cost, free, base, longest, decay)
  local kept, used, since = numbers(kept), 0, 0
  if kept[1] then
    since = max((sec - kept[1]) * 1e9 + (nano - kept[2]), 0)
    used = kept[3]
  end
  local function delay(failures)
    if failures < free then return 0 end
    return min(base * 2 ^ (failures - free), longest)
  end
  local forgotten = floor(since / decay)
  used = max(used - forgotten, 0)
  if forgotten == 0 and used >= free and since < delay(used) then
    return false, 0, delay(used) - since
  end
  local after = used + cost
  local keep = string.format('%d %d %d', sec, nano, after)
  return true, max(free - after, 0), delay(after), keep, floor(after * (decay / 1e6)) + 1
end

local parameters = { gcra = 2, fixed_quota = 2, sliding_window = 2, backoff = 4 }
local all = true
local results, asked = {}, {}
local place = 1
for i, key in ipairs(KEYS) do
  local algorithm, cost = ARGV[place], tonumber(ARGV[place + 1])
  local with = {}
  for n = 1, parameters[algorithm] do with[n] = tonumber(ARGV[place + 1 + n]) end
  place = place + 2 + #with
  local kept = redis.call('GET', key)
  local result = { count[algorithm](kept, cost, unpack(with)) }
  results[i], asked[i] = result, { algorithm, kept, with, cost }
  all = all and result[1]
end

local answer = {}
for i, key in ipairs(KEYS) do
  local result = results[i]
  if result[1] and (all or ARGV[place] == 'each') then
    -- What costs nothing only asks.
    if asked[i][4] > 0 then redis.call('SET', key, result[4], 'PX', result[5]) end
  elseif result[1] then
    -- Another refused, so nothing is counted here: what is left is what was left before.
    local algorithm, kept, with = unpack(asked[i])
    result = { count[algorithm](kept, 0, unpack(with)) }
  end
  answer[#answer + 1] = result[1] and 1 or 0
  answer[#answer + 1] = result[2]
  answer[#answer + 1] = result[3]
end
return answer
