-- KEYS: record. ARGV: the longest a record may be.
-- Answers {} when nothing is there, {length} when it is too long to be fetched, else {length, version, record}.
local length = redis.call('HSTRLEN', KEYS[1], 'record')
if length == 0 and redis.call('EXISTS', KEYS[1]) == 0 then
    return {}
end
local longest = tonumber(ARGV[1])
if length > longest or redis.call('HSTRLEN', KEYS[1], 'version') > longest then
    return { tostring(length) }
end
local found = redis.call('HMGET', KEYS[1], 'version', 'record')
return { tostring(length), found[1] or '', found[2] or '' }
