-- +goose Up
-- Of a long record, what one person did is found without reading all of it.
CREATE INDEX audit_by_actor ON audit (workspace_id, actor_id, at, id);
