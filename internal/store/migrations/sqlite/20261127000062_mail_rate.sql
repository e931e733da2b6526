-- +goose Up
-- How many mails of the last days were reported as spam is asked before each broadcast.
CREATE INDEX mail_deliveries_by_time ON mail_deliveries (workspace_id, at);
