-- What the sandbox keeps for the five vendors. Records that a vendor answers whole are kept whole, as its JSON, beside
-- the columns they are found by. Times are as the vendor writes them.

-- One row once the demo data is in.
CREATE TABLE sandbox_filled (
    filled_at BIGINT NOT NULL PRIMARY KEY
);

-- The last number given out, by what it numbers.
CREATE TABLE sandbox_counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE sandbox_channel_accounts (
    id TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL,
    original_account_id TEXT NOT NULL,
    name TEXT NOT NULL,
    is_enabled BOOLEAN NOT NULL,
    avatar_url TEXT,
    screen_name TEXT NOT NULL,
    is_bot_enabled BOOLEAN NOT NULL,
    chatbot_id TEXT,
    percentage_to_bot_when_online BIGINT NOT NULL,
    percentage_to_bot_when_offline BIGINT NOT NULL,
    is_default BOOLEAN NOT NULL,
    created_time TEXT NOT NULL,
    -- Accepted on write, never returned.
    channel_identity TEXT,
    account_ext_info TEXT,
    filter TEXT,
    email_account_info TEXT
);
CREATE INDEX sandbox_channel_accounts_order ON sandbox_channel_accounts (created_time, id);

CREATE TABLE sandbox_chatbots (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    record TEXT NOT NULL
);

CREATE TABLE sandbox_acd_events (
    id BIGINT NOT NULL PRIMARY KEY,
    created TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX sandbox_acd_events_order ON sandbox_acd_events (created, id);

-- Event types, groups and users.
CREATE TABLE sandbox_acd_directory (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    label TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE TABLE sandbox_agents (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    online BOOLEAN NOT NULL,
    last_login_time BIGINT NOT NULL,
    -- Epoch seconds since when the agent has its status.
    updated_at BIGINT NOT NULL,
    -- Tickets that came in since then.
    arrived BIGINT NOT NULL
);

CREATE TABLE sandbox_tickets (
    id TEXT NOT NULL PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES sandbox_agents (id),
    assigned_time BIGINT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX sandbox_tickets_order ON sandbox_tickets (agent_id, assigned_time, id);

CREATE TABLE sandbox_customers (
    id TEXT NOT NULL PRIMARY KEY,
    -- 0, 1, 2 …: the order they were made in.
    number BIGINT NOT NULL UNIQUE,
    record TEXT NOT NULL
);

-- What a customer is found by besides the id: kind is the request's name for it.
CREATE TABLE sandbox_customer_keys (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES sandbox_customers (id),
    PRIMARY KEY (kind, value, customer_id)
);

CREATE TABLE sandbox_vendor_accounts (
    account_id BIGINT NOT NULL PRIMARY KEY,
    server TEXT NOT NULL,
    account_name TEXT NOT NULL,
    account_status BIGINT NOT NULL,
    builder_url TEXT NOT NULL,
    create_time BIGINT NOT NULL,
    reference TEXT
);
