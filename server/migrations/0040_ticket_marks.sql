-- What the gateway keeps about tickets, per agent. Times are epoch seconds.

-- An agent's own notes about a ticket. A ticket without any has no row.
CREATE TABLE ticket_marks (
    agent_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    note_at BIGINT,
    pinned BOOLEAN NOT NULL DEFAULT FALSE,
    snoozed_until BIGINT,
    done_at BIGINT,
    seen_at BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (agent_id, ticket_id)
);

-- Whether the gateway itself set the agent offline.
ALTER TABLE agent_status ADD COLUMN automatic BOOLEAN NOT NULL DEFAULT FALSE;
