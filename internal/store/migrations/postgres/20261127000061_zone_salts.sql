-- +goose Up
-- A day ends at another moment in every time zone, so that each has a salt of its own. The one
-- that is kept now was Tokyo's for everybody, and stays so for Tokyo until its day is over.
CREATE TABLE zone_salts (
    zone TEXT NOT NULL,
    day  TEXT NOT NULL, -- of the zone
    salt BYTEA NOT NULL,
    PRIMARY KEY (zone, day)
);
INSERT INTO zone_salts (zone, day, salt) SELECT 'Asia/Tokyo', day, salt FROM day_salts;
DROP TABLE day_salts;
