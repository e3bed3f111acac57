-- What happened in the agents' lists of tickets. Times are epoch seconds.

-- The tickets of each agent's list as last seen, without any text of theirs: what the next list is compared with.
CREATE TABLE ticket_states (
    agent_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    status TEXT NOT NULL,
    priority BIGINT,
    queue TEXT NOT NULL,
    channel TEXT NOT NULL,
    customer_hash BIGINT NOT NULL,
    content_hash BIGINT NOT NULL,
    assigned_time BIGINT,
    PRIMARY KEY (agent_id, ticket_id)
);

-- When each agent's list was last seen.
CREATE TABLE ticket_lists (
    agent_id TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

-- What happened in the lists: came, changed, gone; and done, which the figures of a shift count.
CREATE TABLE ticket_history (
    -- UUIDv7: orders the entries of one second.
    id TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    field TEXT,
    value_from TEXT,
    value_to TEXT,
    queue TEXT NOT NULL,
    -- For done and gone: seconds since the assignment.
    wait_seconds BIGINT
);
CREATE INDEX ticket_history_by_ticket ON ticket_history (agent_id, ticket_id, at);
CREATE INDEX ticket_history_by_time ON ticket_history (agent_id, at);
