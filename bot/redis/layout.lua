-- layout notes in which layout values are written from now on.
--
-- KEYS   1 the layout of the store; without it, it is 1
-- ARGV   1 the layout that this program writes
-- RESULT the layout of the store. One that is newer stays.
local now = tonumber(redis.call('GET', KEYS[1]) or '1')
local own = tonumber(ARGV[1])
if now >= own then return now end
redis.call('SET', KEYS[1], ARGV[1])
return own
