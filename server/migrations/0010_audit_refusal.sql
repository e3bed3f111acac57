-- The vendor's code where it refused a write with a successful status; `undecodable` where its answer can't be read.
ALTER TABLE audit ADD COLUMN refusal TEXT;
