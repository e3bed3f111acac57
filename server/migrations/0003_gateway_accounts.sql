-- What is compared when somebody signs in: normalised, without regard to case. Null where two users of before differ only
-- so: those are told apart by their exact names.
ALTER TABLE users ADD COLUMN name_key TEXT;
CREATE UNIQUE INDEX users_by_key ON users (name_key);

-- Whether the hash was made of the normalised password. Older ones may be of any form.
ALTER TABLE users ADD COLUMN password_normalised BOOLEAN NOT NULL DEFAULT FALSE;

-- What was once so and counts from then on, such as `user_made`: no demo users by themselves any more.
CREATE TABLE gateway_facts (
    name TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);
INSERT INTO gateway_facts (name, at) SELECT 'user_made', MIN(created_at) FROM users HAVING COUNT(*) > 0;

-- Where a change was asked for.
ALTER TABLE audit ADD COLUMN address TEXT;

CREATE INDEX sessions_by_user ON sessions (user_id);
