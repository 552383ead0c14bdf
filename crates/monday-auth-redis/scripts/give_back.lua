-- KEYS: lease. ARGV: lease token.
-- Only the holder's own lease is deleted: it may have run out, and be another's by now.
if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('DEL', KEYS[1])
end
return 0
