-- The secret from which the gateway derives its own keys (drafts, device cookies). Made at the first start; 64 hexadecimal digits.
CREATE TABLE gateway_keys (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
