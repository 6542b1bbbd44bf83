-- commit applies everything that one step changes, or nothing.
--
-- KEYS   every key that ARGV refers to, by its number
-- ARGV   a stream of words: guards, then ".", then changes. k is a key's number.
--        guards:
--          bit k n        the bit must be 0, else "seen"
--          new k          the key must not exist, else "seen"
--          due k m score  the member must have this score, else "seen"
--          rev k prefix   the value must begin so ("" : must not exist), else "conflict"
--          is  k value    the value must be this ("" : must not exist), else "conflict"
--          own k prefix   the lease must begin so, else "stale"
--        changes:
--          do   k n command a1 … an     any write: command k a1 … an
--          held k prefix listed n       from here on "out" may mark flights if the lease begins so
--                                       and nothing above number n was put onto the ready list
--          seq  k n                     draw n sequence numbers for "out" and "join"
--          out  k ready flight fly text an entry: into the outbox, and in flight or onto the ready
--                                       list, whose newest number "listed" keeps
--          end  k flight tally id what  an entry leaves the outbox; if it was there, its outcome
--                                       is counted (what "" : nothing to count)
--          name k field text            text becomes the first of the three words under a field
--          join k member                into an audience with the next number, if not in it
--          mark k counts member value   a person's mark, counted once
-- RESULT {"ok", first sequence number, flags} with one "1" (in flight), "0" (not)
--        or "2" (on the ready list) for each "out"; or {"seen"}, {"conflict"}, {"stale"}
local p = 0
local function word() p = p + 1 return ARGV[p] end
local function key() p = p + 1 return KEYS[tonumber(ARGV[p])] end
local function begins(k, prefix)
  if prefix == '' then return redis.call('EXISTS', k) == 0 end
  return redis.call('GETRANGE', k, 0, #prefix - 1) == prefix
end

local w = word()
while w ~= '.' do
  local k = key()
  if w == 'rev' then
    if not begins(k, word()) then return {'conflict'} end
  elseif w == 'bit' then
    if redis.call('GETBIT', k, word()) == 1 then return {'seen'} end
  elseif w == 'new' then
    if redis.call('EXISTS', k) == 1 then return {'seen'} end
  elseif w == 'is' then
    if (redis.call('GET', k) or '') ~= word() then return {'conflict'} end
  elseif w == 'due' then
    local score = redis.call('ZSCORE', k, word())
    if not score or tonumber(score) ~= tonumber(word()) then return {'seen'} end
  elseif w == 'own' then
    if not begins(k, word()) then return {'stale'} end
  end
  w = word()
end

local first, nextid, held, listed, flags = 0, 0, false, '', {}
w = word()
while w do
  local k = key()
  if w == 'do' then
    local n = tonumber(word())
    redis.call(ARGV[p + 1], k, unpack(ARGV, p + 2, p + 1 + n))
    p = p + 1 + n
  elseif w == 'held' then
    held = begins(k, word())
    listed = key()
    local heard = tonumber(word())
    if held and tonumber(redis.call('GET', listed) or '0') > heard then held = false end
  elseif w == 'seq' then
    local n = tonumber(word())
    first = redis.call('INCRBY', k, n) - n + 1
    nextid = first
  elseif w == 'out' then
    local ready, flight, fly, text = key(), key(), word(), word()
    local id = string.format('%.0f', nextid)
    nextid = nextid + 1
    redis.call('HSET', k, id, text)
    if held then
      if fly ~= '' then redis.call('HSET', flight, id, fly) end
      flags[#flags + 1] = fly ~= '' and '1' or '0'
    else
      redis.call('RPUSH', ready, string.match(k, '[^:]+$') .. ':' .. id)
      redis.call('SET', listed, id)
      flags[#flags + 1] = '2'
    end
  elseif w == 'end' then
    local flight, tally, id, what = key(), key(), word(), word()
    redis.call('HDEL', flight, id)
    if redis.call('HDEL', k, id) == 1 and what ~= '' then redis.call('HINCRBY', tally, what, 1) end
  elseif w == 'name' then
    local field, text = word(), word()
    local kept = redis.call('HGET', k, field)
    if not kept then
      redis.call('HSET', k, field, text)
    elseif string.match(kept, '^%S+') ~= text then
      redis.call('HSET', k, field, text .. ' ' .. string.match(kept, '^%S+ ?%S*'))
    end
  elseif w == 'join' then
    local m = word()
    if not redis.call('ZSCORE', k, m) then redis.call('ZADD', k, string.format('%.0f', nextid), m) end
    nextid = nextid + 1
  elseif w == 'mark' then
    local counts, m, v = key(), word(), word()
    local was = redis.call('HGET', k, m)
    if was ~= v then
      redis.call('HSET', k, m, v)
      redis.call('HINCRBY', counts, v, 1)
      if was then redis.call('HINCRBY', counts, was, -1) end
    end
  end
  w = word()
end
return {'ok', first, table.concat(flags)}
