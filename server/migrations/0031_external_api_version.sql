-- Tells whether a definition was changed since somebody opened its form: a second counts too coarsely.
ALTER TABLE external_apis ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
