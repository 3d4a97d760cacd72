-- The other algorithms, and what draw.lua and back.lua share.
local function numbers(text)
  local all = {}
  if text then
    for number in string.gmatch(text, '%d+') do all[#all + 1] = tonumber(number) end
  end
  return all
end

-- Each as gcra.
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

-- The parameters of an algorithm, from this argument on.
local function parameters_from(place, algorithm)
  local with = {}
  for n = 1, parameters[algorithm] do with[n] = tonumber(ARGV[place - 1 + n]) end
  return with
end

local answer = {}
local function say(result)
  answer[#answer + 1] = result[1] and 1 or 0
  answer[#answer + 1] = result[2]
  answer[#answer + 1] = result[3]
end
