-- KEYS: record, unreadable, lease. ARGV: lease token, milliseconds.
-- Answers 1, or -1 without the lease.
if redis.call('GET', KEYS[3]) ~= ARGV[1] then
    return -1
end
if redis.call('EXISTS', KEYS[1]) == 1 then
    redis.call('RENAME', KEYS[1], KEYS[2])
    redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return 1
