-- +goose Up
-- How many people were led from a step to the next.
CREATE TABLE automation_ways (
    automation_id TEXT    NOT NULL REFERENCES automations (id) ON DELETE CASCADE,
    version       BIGINT NOT NULL,
    from_step     TEXT    NOT NULL,
    to_step       TEXT    NOT NULL, -- '' at the end
    workspace_id  TEXT    NOT NULL,
    people        BIGINT NOT NULL,
    PRIMARY KEY (automation_id, version, from_step, to_step)
);
