-- KEYS: lease. ARGV: lease token, milliseconds.
-- Answers 1 when the lease is the asker's, also when it asks again because the first answer was lost; else 0.
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
    return 1
end
return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0
