-- Replaces the page KEYS[1] if it is of version ARGV[1], by ARGV[2], for ARGV[3] seconds; an empty version only reads.
-- A page of more than ARGV[4] bytes is taken for empty.
-- Gives: whether it was replaced, the version, the server's seconds and microseconds, the page if it was not replaced.
local time = redis.call('TIME')
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if ARGV[1] == version then
    -- A page that begins anew has no version that one before it had.
    local more = 1
    if version == '0' then
        more = string.format('%d', time[1] * 1000000 + time[2])
    end
    redis.call('HINCRBY', KEYS[1], 'version', more)
    -- As text: a number of Lua's would lose digits.
    version = redis.call('HGET', KEYS[1], 'version')
    redis.call('HSET', KEYS[1], 'text', ARGV[2])
    redis.call('EXPIRE', KEYS[1], ARGV[3])
    return {1, version, time[1], time[2], ''}
end
local text = ''
if redis.call('HSTRLEN', KEYS[1], 'text') <= tonumber(ARGV[4]) then
    text = redis.call('HGET', KEYS[1], 'text') or ''
end
return {0, version, time[1], time[2], text}
