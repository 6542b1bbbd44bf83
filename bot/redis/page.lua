-- page changes what is kept of a chat that cadrebot itself shows.
--
-- KEYS   1 the page: b birth, n newest number, c newest change, fs numbers of the files
--          that are kept, oldest first; for each message N: m:N the message, i:N its
--          operation, f:N its file, p:N the button pressed, l:N the last press; for each
--          operation o:OP its number
--        2 the numbers of the messages by their last change
-- ARGV   1 add, edit or press
--        2 the operation: an addition or a press of the same name happens once
--        3 the number of what is edited or pressed
--        4 the message, or the data of the button; an edit takes back the press
--        5 the file of an addition, "" for none
--        6 how many messages are kept, 7 how many files
--        8 when all is forgotten (Unix milliseconds)
--        9 the birth of a page that is not there yet
--        10 the channel on which the change is told, 11 in these words
-- RESULT the number of the message; 0 where it is not kept (any more)
local page, order = KEYS[1], KEYS[2]
local what, op, n, text, file = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local function drop(k) redis.call('HDEL', page, k) end

if what == 'add' then
  local before = redis.call('HGET', page, 'o:' .. op)
  if before then return tonumber(before) end
  redis.call('HSETNX', page, 'b', ARGV[9])
  local number = redis.call('HINCRBY', page, 'n', 1)
  n = string.format('%.0f', number)
  redis.call('HSET', page, 'm:' .. n, text, 'i:' .. n, op, 'o:' .. op, n)
  if file ~= '' then
    local files = (redis.call('HGET', page, 'fs') or '') .. n .. ' '
    redis.call('HSET', page, 'f:' .. n, file)
    local _, count = string.gsub(files, ' ', ' ')
    if count > tonumber(ARGV[7]) then
      local oldest, rest = string.match(files, '^(%d+) (.*)$')
      drop('f:' .. oldest)
      files = rest
    end
    redis.call('HSET', page, 'fs', files)
  end
  local gone = string.format('%.0f', number - tonumber(ARGV[6]))
  local was = redis.call('HGET', page, 'i:' .. gone)
  if was then
    for _, k in ipairs({'m:', 'i:', 'f:', 'p:', 'l:'}) do drop(k .. gone) end
    drop('o:' .. was)
    redis.call('ZREM', order, gone)
  end
else
  local now = redis.call('HGET', page, 'm:' .. n)
  if not now then return 0 end
  if what == 'press' then
    if redis.call('HGET', page, 'l:' .. n) == op then return tonumber(n) end
    redis.call('HSET', page, 'l:' .. n, op, 'p:' .. n, text)
  else
    local pressed = redis.call('HDEL', page, 'p:' .. n)
    if now == text and pressed == 0 then return tonumber(n) end
    redis.call('HSET', page, 'm:' .. n, text)
  end
end
redis.call('ZADD', order, string.format('%.0f', redis.call('HINCRBY', page, 'c', 1)), n)
redis.call('PEXPIREAT', page, ARGV[8])
redis.call('PEXPIREAT', order, ARGV[8])
redis.call('PUBLISH', ARGV[10], ARGV[11])
return tonumber(n)
