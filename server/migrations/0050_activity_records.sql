-- What a change concerned: the record's id and name at that time, the names of the fields that changed, never their
-- values; and the bulk run that it was part of.
ALTER TABLE audit ADD COLUMN record_id TEXT;
ALTER TABLE audit ADD COLUMN record_name TEXT;
ALTER TABLE audit ADD COLUMN fields TEXT;
ALTER TABLE audit ADD COLUMN run TEXT;
CREATE INDEX audit_by_record ON audit (record_id, at);
