-- +goose Up
-- In which language a form was read: '' where it was kept before forms had two, or where nothing
-- was shown.
ALTER TABLE form_submissions ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE consents ADD COLUMN lang TEXT NOT NULL DEFAULT '';
