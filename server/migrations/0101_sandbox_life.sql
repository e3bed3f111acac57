-- Epoch seconds up to which what happens to the tickets of the agent's shift is stored.
ALTER TABLE sandbox_agents ADD COLUMN lived_until BIGINT NOT NULL DEFAULT 0;
