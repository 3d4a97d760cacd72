-- Draws from several buckets at once.
--
-- ARGV, for each key: algorithm, cost, and the algorithm's parameters. Then 'each', if the others are counted where one refuses.
-- Answers for each key: 1 if it is admitted, what remains, and nanoseconds to wait; then its time, in microseconds.
local all = true
local results, asked = {}, {}
local place = 1
for i, key in ipairs(KEYS) do
  local algorithm, cost = ARGV[place], tonumber(ARGV[place + 1])
  local with = parameters_from(place + 2, algorithm)
  place = place + 2 + #with
  local kept = redis.call('GET', key)
  local result = { count[algorithm](kept, cost, unpack(with)) }
  results[i], asked[i] = result, { algorithm, kept, with, cost }
  all = all and result[1]
end

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
  say(result)
end
-- In one number of microseconds, which is small enough.
answer[#answer + 1] = sec * 1e6 + nano / 1000
return answer
