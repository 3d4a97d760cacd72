-- Gives back what draw.lua took from buckets in one slot, since one in another slot refused: never more than is still missing
-- because of it.
--
-- KEYS[1] is a mark that it was done, as the same call may arrive twice; the others are those of the draw.
-- ARGV: the time of the draw in microseconds, then for each key: algorithm, cost, what the draw said to wait, and the
-- algorithm's parameters. Answers as draw.lua does to draws that cost nothing.
local drawn = tonumber(ARGV[1])
local drawn_sec = floor(drawn / 1e6)

-- Each takes what is kept, what was drawn and the parameters, and gives: what to keep, for how many ms. Of a backoff, nothing is
-- given back: it keeps no time before the last one, and its buckets lie in one slot.
local back = {}

function back.gcra(kept, cost, wait, interval, size)
  -- Without the draw the bucket would have been full some time ago, and nothing flows into a full one: so much is not missing.
  local since = max((sec * 1e6 + nano / 1000 - drawn) * 1000, 0)
  local full_for = max(since - (wait - interval * cost), 0)
  local missing = max(interval * cost - full_for, 0)
  return owing(max(owed_by(kept, interval * size) - missing, 0))
end

function back.fixed_quota(kept, cost, wait, window)
  local kept = numbers(kept)
  if kept[1] ~= drawn_sec - drawn_sec % window then return end
  return string.format('%d %d', kept[1], max(kept[2] - cost, 0))
end

function back.sliding_window(kept, cost, wait, window)
  local begin = drawn_sec - drawn_sec % window
  local kept = numbers(kept)
  if kept[1] == begin then
    return string.format('%d %d %d', begin, max(kept[2] - cost, 0), kept[3])
  elseif kept[1] == begin + window then
    return string.format('%d %d %d', kept[1], kept[2], max(kept[3] - cost, 0))
  end
end

local is_first = redis.call('SET', KEYS[1], '1', 'NX', 'PX', 60000)
local place = 2
for i = 2, #KEYS do
  local key = KEYS[i]
  local algorithm, cost, wait = ARGV[place], tonumber(ARGV[place + 1]), tonumber(ARGV[place + 2])
  local with = parameters_from(place + 3, algorithm)
  place = place + 3 + #with
  local kept = redis.call('GET', key)
  if is_first and kept and cost > 0 and back[algorithm] then
    local keep, milliseconds = back[algorithm](kept, cost, wait, unpack(with))
    if keep then
      redis.call('SET', key, keep, 'PX', milliseconds or max(redis.call('PTTL', key), 1))
      kept = keep
    end
  end
  say({ count[algorithm](kept, 0, unpack(with)) })
end
answer[#answer + 1] = sec * 1e6 + nano / 1000
return answer
