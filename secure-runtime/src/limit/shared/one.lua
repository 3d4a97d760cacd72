-- What most requests ask, before the rest is even defined: Lua makes its functions anew in each run, and the server does nothing
-- else meanwhile.
if #KEYS == 1 and ARGV[1] == 'gcra' then
  local key, cost = KEYS[1], tonumber(ARGV[2])
  local admitted, remaining, wait, keep, ms = gcra(redis.call('GET', key), cost, tonumber(ARGV[3]), tonumber(ARGV[4]))
  if admitted and cost > 0 then redis.call('SET', key, keep, 'PX', ms) end
  return { admitted and 1 or 0, remaining, wait, sec * 1e6 + nano / 1000 }
end
