-- KEYS: preflight, lease. ARGV: lease token, length.
-- Writes as a save does, and deletes it. Answers 1, or -1 without the lease.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
    return -1
end
redis.call('HSET', KEYS[1], 'version', '', 'record', string.rep(' ', tonumber(ARGV[2])))
redis.call('DEL', KEYS[1])
return 1
