-- lease takes or renews the right to send on a channel.
--
-- KEYS   1 the lease, 2 the counter of its changes of hands, 3 the layout of the store
-- ARGV   1 instance, 2 session of the instance, 3 time to live in milliseconds,
--        4 the newest layout that this program knows
-- RESULT 1 the epoch, or 0 while another instance holds it. The same instance in
--        a new session takes it over at once, under a new epoch.
--        2 the layout of the store; if it is a newer one, nothing else is done
local layout = tonumber(redis.call('GET', KEYS[3]) or '1')
if layout > tonumber(ARGV[4]) then return {0, layout} end
local now = redis.call('GET', KEYS[1])
if now then
  local epoch, instance, session = string.match(now, '^(%d+) (%S+) (%S+)$')
  if instance ~= ARGV[1] then return {0, layout} end
  if session == ARGV[2] then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return {tonumber(epoch), layout}
  end
end
local epoch = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], string.format('%.0f', epoch) .. ' ' .. ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
return {epoch, layout}
