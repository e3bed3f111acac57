-- The gateway's own tables. Times are epoch seconds.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    agent_id TEXT,
    users_id BIGINT,
    created_at BIGINT NOT NULL
);

-- Either a user's session or a demo user's (`demo` is then the role).
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    demo TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- What one-view last confirmed: it has no read of its own.
CREATE TABLE agent_status (
    agent_id TEXT PRIMARY KEY,
    online BOOLEAN NOT NULL,
    since BIGINT NOT NULL
);

-- Who did what, without bodies and without values of paths or queries.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    user_name TEXT,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status BIGINT NOT NULL,
    request_id TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE external_apis (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE external_api_tests (
    id TEXT PRIMARY KEY,
    api_id TEXT NOT NULL REFERENCES external_apis (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    run TEXT NOT NULL
);
CREATE INDEX external_api_tests_by_api ON external_api_tests (api_id, at);
