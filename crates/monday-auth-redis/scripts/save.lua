-- KEYS: record, lease. ARGV: lease token, expected version or '', new version, new record.
-- Answers 1 when saved, 0 when something else is there than expected, -1 without the lease.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
    return -1
end
if ARGV[2] == '' then
    if redis.call('EXISTS', KEYS[1]) == 1 then
        return 0
    end
elseif redis.call('HGET', KEYS[1], 'version') ~= ARGV[2] then
    return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'record', ARGV[4])
return 1
