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
--          there k        the key must exist, else "conflict"
--          list k n a1 …  the list must be this one, else "conflict"
--          size k n       the hash must have so many fields, else "conflict"
--          waits k n prefix  so many values of the hash must begin so, else "conflict"
--          own k prefix   the lease must begin so, else "stale"
--        changes:
--          do   k n command a1 … an     any write: command k a1 … an
--          held k prefix listed n       from here on "out" may mark flights if the lease begins so
--                                       and nothing above number n was put onto the ready list
--          seq  k n                     draw n sequence numbers for "out" and "join"
--          out  k ready flight fly text an entry: into the outbox, and in flight or onto the ready
--                                       list, whose newest number "listed" keeps
--          late k score                 the last entry may not leave before
--          end  k flight tally id what  an entry leaves the outbox; if it was there, its outcome
--                                       is counted (what "" : nothing to count)
--          claim k flight id epoch      an entry is in flight from now on, if it is there
--          name k out id field text     text becomes the first of the three words under a field,
--                                       if the entry is there
--          join k trail member          into an audience with the next number, if not in it
--          leave k trail member         out of an audience
--          mark k counts trail member value  a person's mark, counted once
--          absorb k trail from into  an audience has into in the place of from, since the earlier of both
--          give k counts trail from into  from's mark becomes into's, unless into has one
--          shift k from into counts  from's timer becomes into's; one that into has too is counted
--                                       as dropped (counts "" : nowhere)
--          pour k into                  a list goes behind another
--          fact k where month n f1 v1 … a record into a stream, and where it is into a list
-- RESULT {"ok", first sequence number, flags} with one "1" (in flight), "0" (not)
--        or "2" (on the ready list) for each "out", "1" or "0" (not there) for each "claim";
--        or {"seen"}, {"conflict"}, {"stale"}
local p = 0
local function word() p = p + 1 return ARGV[p] end
local function key() p = p + 1 return KEYS[tonumber(ARGV[p])] end
local function begins(k, prefix)
  if prefix == '' then return redis.call('EXISTS', k) == 0 end
  return redis.call('GETRANGE', k, 0, #prefix - 1) == prefix
end

-- named is what follows the second colon of a key: {org}:members:NAME
local function named(k) return string.match(k, '}:[^:]+:(.*)$') end

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
  elseif w == 'there' then
    if redis.call('EXISTS', k) == 0 then return {'conflict'} end
  elseif w == 'list' then
    local n, list = tonumber(word()), redis.call('LRANGE', k, 0, -1)
    if #list ~= n then return {'conflict'} end
    for i = 1, n do
      if list[i] ~= word() then return {'conflict'} end
    end
  elseif w == 'size' then
    if redis.call('HLEN', k) ~= tonumber(word()) then return {'conflict'} end
  elseif w == 'waits' then
    local n, prefix = tonumber(word()), word()
    for _, text in ipairs(redis.call('HVALS', k)) do
      if string.sub(text, 1, #prefix) == prefix then n = n - 1 end
    end
    if n ~= 0 then return {'conflict'} end
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
  elseif w == 'late' then
    redis.call('ZADD', k, word(), string.format('%.0f', nextid - 1))
  elseif w == 'end' then
    local flight, tally, id, what = key(), key(), word(), word()
    redis.call('HDEL', flight, id)
    if redis.call('HDEL', k, id) == 1 and what ~= '' then redis.call('HINCRBY', tally, what, 1) end
  elseif w == 'claim' then
    local flight, id, epoch = key(), word(), word()
    local there = redis.call('HEXISTS', k, id) == 1
    if there then redis.call('HSET', flight, id, epoch) end
    flags[#flags + 1] = there and '1' or '0'
  elseif w == 'name' then
    local out, id, field, text = key(), word(), word(), word()
    local kept = redis.call('HGET', k, field)
    if redis.call('HEXISTS', out, id) == 0 then
      -- it has been taken back
    elseif not kept then
      redis.call('HSET', k, field, text)
    elseif string.match(kept, '^%S+') ~= text then
      redis.call('HSET', k, field, text .. ' ' .. string.match(kept, '^%S+ ?%S*'))
    end
  elseif w == 'join' then
    local trail, m = key(), word()
    if not redis.call('ZSCORE', k, m) then
      redis.call('ZADD', k, string.format('%.0f', nextid), m)
      redis.call('RPUSH', trail, 'a ' .. named(k))
    end
    nextid = nextid + 1
  elseif w == 'leave' then
    local trail = key()
    if redis.call('ZREM', k, word()) == 1 then redis.call('LREM', trail, 1, 'a ' .. named(k)) end
  elseif w == 'mark' then
    local counts, trail, m, v = key(), key(), word(), word()
    local was = redis.call('HGET', k, m)
    if was ~= v then
      redis.call('HSET', k, m, v)
      redis.call('HINCRBY', counts, v, 1)
      if was then
        redis.call('HINCRBY', counts, was, -1)
      else
        redis.call('RPUSH', trail, 'm ' .. named(k))
      end
    end
  elseif w == 'absorb' then
    local trail, from, into = key(), word(), word()
    local a, b = redis.call('ZSCORE', k, from), redis.call('ZSCORE', k, into)
    if a then
      redis.call('ZREM', k, from)
      if not b or tonumber(a) < tonumber(b) then redis.call('ZADD', k, a, into) end
      if not b then redis.call('RPUSH', trail, 'a ' .. named(k)) end
    end
  elseif w == 'give' then
    local counts, trail, from, into = key(), key(), word(), word()
    local v = redis.call('HGET', k, from)
    if v then
      redis.call('HDEL', k, from)
      if redis.call('HEXISTS', k, into) == 1 then
        redis.call('HINCRBY', counts, v, -1)
      else
        redis.call('HSET', k, into, v)
        redis.call('RPUSH', trail, 'm ' .. named(k))
      end
    end
  elseif w == 'shift' then
    local from, into, counts = word(), word(), word()
    local at = redis.call('ZSCORE', k, from)
    if at then
      redis.call('ZREM', k, from)
      if not redis.call('ZSCORE', k, into) then
        redis.call('ZADD', k, at, into)
      elseif counts ~= '' then
        redis.call('HINCRBY', KEYS[tonumber(counts)], 'dropped', 1)
      end
    end
  elseif w == 'pour' then
    local into, list = key(), redis.call('LRANGE', k, 0, -1)
    for i = 1, #list, 1000 do redis.call('RPUSH', into, unpack(list, i, math.min(i + 999, #list))) end
    redis.call('DEL', k)
  elseif w == 'fact' then
    local where, month, n = key(), word(), tonumber(word())
    local id = redis.call('XADD', k, '*', unpack(ARGV, p + 1, p + n))
    p = p + n
    local ms, nth = string.match(id, '^(%d+)%-(%d+)$')
    if #nth < 4 then id = ms .. string.rep('0', 3 - #nth) .. nth end
    -- the newest 10,000, cut back now and then
    if redis.call('RPUSH', where, month .. id) > 11000 then redis.call('LTRIM', where, -10000, -1) end
  end
  w = word()
end
return {'ok', first, table.concat(flags)}
