-- rolled, plain
SELECT r.day AS day, r.visitors AS visitors, r.cookieless AS cookieless, r.visits AS visits, r.views AS views, r.events AS events, r.bounces AS bounces, r.engaged AS engaged, r.duration AS duration, CAST(coalesce(s.stamp, 0) AS BIGINT) AS stamp
FROM rollup_days AS r
LEFT JOIN day_stamps AS s ON s.ws = ? AND (s.day = r.day)
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?) AND NOT ((r.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
-- [7 7 20786 20787 7]

-- rolled, filtered
SELECT r.day AS day, r.visitors AS visitors, r.cookieless AS cookieless, r.visits AS visits, r.views AS views, r.events AS events, r.bounces AS bounces, r.engaged AS engaged, r.duration AS duration, CAST(coalesce(s.stamp, 0) AS BIGINT) AS stamp
FROM rollup_days AS r
LEFT JOIN day_stamps AS s ON s.ws = ? AND (s.day = r.day)
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?) AND NOT ((r.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
-- [7 7 20786 20787 7]

-- dirty, plain
SELECT DISTINCT x.day AS day
FROM dirty AS x
WHERE x.ws = ? AND (x.day >= ?) AND (x.day <= ?)
ORDER BY day
-- [7 20786 20787]

-- dirty, filtered
SELECT DISTINCT x.day AS day
FROM dirty AS x
WHERE x.ws = ? AND (x.day >= ?) AND (x.day <= ?)
ORDER BY day
-- [7 20786 20787]

-- forgotten, plain
SELECT count(*) AS count
FROM rollup_days AS r
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?) AND (r.visits > 0) AND (r.day < (SELECT coalesce(min(v.day), 2147483647)
FROM visits AS v
WHERE v.ws = ?))
-- [7 20758 20787 7]

-- forgotten, filtered
SELECT count(*) AS count
FROM rollup_days AS r
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?) AND (r.visits > 0) AND (r.day < (SELECT coalesce(min(v.day), 2147483647)
FROM visits AS v
WHERE v.ws = ?))
-- [7 20758 20787 7]

-- rolled people, plain
SELECT r.people AS people
FROM rollup_days AS r
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?)
-- [7 20786 20787]

-- rolled people, filtered
SELECT r.people AS people
FROM rollup_days AS r
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?)
-- [7 20786 20787]

-- rolled fields, plain
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?)) AND (f.day >= ?) AND (f.day <= ?)
GROUP BY f.field, f.value, f.traffic
LIMIT ?
-- [7 page traffic 20786 20787 1000]

-- rolled fields, filtered
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?)) AND (f.day >= ?) AND (f.day <= ?)
GROUP BY f.field, f.value, f.traffic
LIMIT ?
-- [7 page traffic 20786 20787 1000]

-- groups, plain
WITH visited AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '')) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
again AS (SELECT v.day AS day, v.person AS person, count(*) AS count
FROM visited AS v
GROUP BY v.day, v.person
HAVING (count(*) > 1)),
kept AS (SELECT (coalesce(m.count, 0) > 0) AS again, v.person AS person, v.duration AS duration, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visited AS v
LEFT JOIN again AS m ON (m.day = v.day) AND (m.person = v.person)),
seen AS (SELECT coalesce(p.person, e.visitor) AS person, coalesce(p.cookieless, FALSE) AS cookieless, TRUE AS matched, e.visit AS visit, e.day AS day, e.kind AS kind, e.name AS name, e.path AS path, e.title AS title, e.key AS key, e.engaged AS engaged, e.value AS value
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3)),
daily AS (SELECT f.field AS field, f.value AS value, f.traffic AS traffic, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?, ?, ?)) AND (f.day >= ?) AND (f.day <= ?) AND NOT ((f.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
GROUP BY f.field, f.value, f.traffic
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.path AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT e.person), 0) AS BIGINT) AS visitors, CAST(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0) AS BIGINT) AS visits, CAST(coalesce(count(*), 0) AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM seen AS e
WHERE ((e.kind = 2) OR (e.kind = 3))
GROUP BY e.day, e.path
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.path AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(coalesce(sum(e.engaged), 0) AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM seen AS e
WHERE (e.engaged > 0)
GROUP BY e.day, e.path
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.entry AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(coalesce(count(*), 0) AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.exit AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(coalesce(count(*), 0) AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, v.traffic AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.device AS value, 0 AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.name AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT e.person), 0) AS BIGINT) AS visitors, CAST(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(coalesce(count(*), 0) AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM seen AS e
WHERE (e.kind = 1) AND NOT ((e.name = ?)) AND e.matched
GROUP BY e.day, e.name)
SELECT m.field AS field, m.value AS value, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT m.field AS field, m.value AS value, row_number() OVER (PARTITION BY m.field ORDER BY m.visits DESC, m.views DESC, m.events DESC, m.value) AS ranked, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT f.field AS field, f.value AS value, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM daily AS f
WHERE (f.field IN (?, ?, ?))
GROUP BY f.field, f.value
HAVING CASE WHEN any_value((f.field = ?)) THEN (sum(f.views) > 0) ELSE TRUE END
UNION ALL SELECT CAST(? AS VARCHAR) AS field, coalesce(y.value, '') AS value, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM daily AS f
LEFT JOIN (SELECT unnest(?::UINTEGER[]) AS traffic, unnest(?::VARCHAR[]) AS value) AS y ON (y.traffic = f.traffic)
WHERE (f.field = ?)
GROUP BY coalesce(y.value, '')) AS m) AS m
WHERE (m.ranked > ?) AND (m.ranked <= ?)
ORDER BY m.field, m.ranked
-- [7 20786 20787 7 1796342400000 1793145600000 7 1796342400000 1793145600000 7 20786 20787 7 page traffic device event 20758 20787 7 page page page page traffic device event Page Engaged page device event page channel [0 1] [direct social] traffic 0 10]

-- groups, filtered
WITH visited AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '')) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
again AS (SELECT v.day AS day, v.person AS person, count(*) AS count
FROM visited AS v
GROUP BY v.day, v.person
HAVING (count(*) > 1)),
kept AS (SELECT (coalesce(m.count, 0) > 0) AS again, v.person AS person, v.duration AS duration, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visited AS v
LEFT JOIN again AS m ON (m.day = v.day) AND (m.person = v.person)),
seen AS (SELECT coalesce(p.person, e.visitor) AS person, coalesce(p.cookieless, FALSE) AS cookieless, TRUE AS matched, e.visit AS visit, e.day AS day, e.kind AS kind, e.name AS name, e.path AS path, e.title AS title, e.key AS key, e.engaged AS engaged, e.value AS value
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3)),
daily AS (SELECT f.field AS field, f.value AS value, f.traffic AS traffic, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?, ?, ?)) AND (f.day >= ?) AND (f.day <= ?) AND NOT ((f.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
GROUP BY f.field, f.value, f.traffic
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.path AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT e.person), 0) AS BIGINT) AS visitors, CAST(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0) AS BIGINT) AS visits, CAST(coalesce(count(*), 0) AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM seen AS e
WHERE ((e.kind = 2) OR (e.kind = 3))
GROUP BY e.day, e.path
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.path AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(coalesce(sum(e.engaged), 0) AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM seen AS e
WHERE (e.engaged > 0)
GROUP BY e.day, e.path
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.entry AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(coalesce(count(*), 0) AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.exit AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(coalesce(count(*), 0) AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, v.traffic AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.device AS value, 0 AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.name AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT e.person), 0) AS BIGINT) AS visitors, CAST(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(coalesce(count(*), 0) AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM seen AS e
WHERE (e.kind = 1) AND NOT ((e.name = ?)) AND e.matched
GROUP BY e.day, e.name)
SELECT m.field AS field, m.value AS value, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT m.field AS field, m.value AS value, row_number() OVER (PARTITION BY m.field ORDER BY m.visits DESC, m.views DESC, m.events DESC, m.value) AS ranked, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT f.field AS field, f.value AS value, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM daily AS f
WHERE (f.field IN (?, ?, ?))
GROUP BY f.field, f.value
HAVING CASE WHEN any_value((f.field = ?)) THEN (sum(f.views) > 0) ELSE TRUE END
UNION ALL SELECT CAST(? AS VARCHAR) AS field, coalesce(y.value, '') AS value, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM daily AS f
LEFT JOIN (SELECT unnest(?::UINTEGER[]) AS traffic, unnest(?::VARCHAR[]) AS value) AS y ON (y.traffic = f.traffic)
WHERE (f.field = ?)
GROUP BY coalesce(y.value, '')) AS m) AS m
WHERE (m.ranked > ?) AND (m.ranked <= ?)
ORDER BY m.field, m.ranked
-- [7 20786 20787 7 1796342400000 1793145600000 7 1796342400000 1793145600000 7 20786 20787 7 page traffic device event 20758 20787 7 page page page page traffic device event Page Engaged page device event page channel [0 1] [direct social] traffic 0 10]

-- counted, plain
WITH acts AS (SELECT coalesce(p.person, x.visitor) AS person, CASE WHEN coalesce(p.cookieless, FALSE) THEN 1 ELSE 0 END AS cookieless, x.done AS name, x.visit AS visit, x.visitor AS visitor, x.day AS day, x.path AS path, x.views AS views, x.events AS events, x.engaged AS engaged, x.matched AS matched
FROM (SELECT count(*) FILTER (WHERE ((e.kind = 2) OR (e.kind = 3))) AS views, count(*) FILTER (WHERE (e.kind = 1) AND NOT ((e.name = ?)) AND TRUE) AS events, sum(e.engaged) AS engaged, count(*) FILTER (WHERE TRUE) AS matched, e.visit AS visit, e.visitor AS visitor, e.day AS day, e.path AS path, CASE WHEN (e.kind = 1) AND NOT ((e.name = ?)) THEN e.name ELSE '' END AS done
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3)
GROUP BY e.visit, e.visitor, e.day, e.path, done) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
visited AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '')) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
again AS (SELECT v.day AS day, v.person AS person, count(*) AS count
FROM visited AS v
GROUP BY v.day, v.person
HAVING (count(*) > 1)),
kept AS (SELECT (coalesce(m.count, 0) > 0) AS again, v.person AS person, v.duration AS duration, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visited AS v
LEFT JOIN again AS m ON (m.day = v.day) AND (m.person = v.person)),
people AS (SELECT e.day AS day, e.person AS person, max(e.cookieless) AS cookieless
FROM acts AS e
WHERE (e.visit <> 0) AND (e.matched > 0)
GROUP BY e.day, e.person)
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM (SELECT CAST(? AS VARCHAR) AS field, '' AS value, e.day AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(coalesce(sum(e.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(e.events), 0) AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(coalesce(sum(e.engaged), 0) AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM acts AS e
GROUP BY e.day
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, v.day AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, x.day AS traffic, CAST(coalesce(count(*), 0) AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(coalesce(sum(x.cookieless), 0) AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM people AS x
GROUP BY x.day
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, (x.person >> 5) AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(coalesce(bit_or(CAST(1 AS BIGINT) << CAST(x.person & 31 AS BIGINT)), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM people AS x
GROUP BY (x.person >> 5)
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.path AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT CASE WHEN (e.views > 0) THEN e.person ELSE NULL END), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*) FILTER (WHERE (e.views > 0) AND (e.visit <> 0)), 0) AS BIGINT) AS visits, CAST(coalesce(sum(e.views), 0) AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(coalesce(sum(e.engaged), 0) AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM acts AS e
WHERE ((e.views > 0) OR (e.engaged > 0))
GROUP BY e.day, e.path
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.entry AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(coalesce(count(*), 0) AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.exit AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(coalesce(count(*), 0) AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, v.traffic AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.device AS value, 0 AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.name AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT CASE WHEN (e.events > 0) THEN e.person ELSE NULL END), 0) AS BIGINT) AS visitors, CAST(coalesce(count(DISTINCT CASE WHEN (e.events > 0) AND (e.visit <> 0) THEN e.visit ELSE NULL END), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(coalesce(sum(e.events), 0) AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM acts AS e
WHERE (e.events > 0)
GROUP BY e.day, e.name) AS f
GROUP BY f.field, f.value, f.traffic
-- [Page Engaged Page Engaged 7 20758 20787 7 1796342400000 1793145600000 7 20758 20787 7 1796342400000 1793145600000 day day day people page page page traffic device event]

-- counted, filtered
WITH acts AS (SELECT coalesce(p.person, x.visitor) AS person, CASE WHEN coalesce(p.cookieless, FALSE) THEN 1 ELSE 0 END AS cookieless, x.done AS name, x.visit AS visit, x.visitor AS visitor, x.day AS day, x.path AS path, x.views AS views, x.events AS events, x.engaged AS engaged, x.matched AS matched
FROM (SELECT count(*) FILTER (WHERE ((e.kind = 2) OR (e.kind = 3))) AS views, count(*) FILTER (WHERE (e.kind = 1) AND NOT ((e.name = ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))) AS events, sum(e.engaged) AS engaged, count(*) FILTER (WHERE (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))) AS matched, e.visit AS visit, e.visitor AS visitor, e.day AS day, e.path AS path, CASE WHEN (e.kind = 1) AND NOT ((e.name = ?)) THEN e.name ELSE '' END AS done
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND ((e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) OR (e.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))))))
GROUP BY e.visit, e.visitor, e.day, e.path, done) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
visited AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))))) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
again AS (SELECT v.day AS day, v.person AS person, count(*) AS count
FROM visited AS v
GROUP BY v.day, v.person
HAVING (count(*) > 1)),
kept AS (SELECT (coalesce(m.count, 0) > 0) AS again, v.person AS person, v.duration AS duration, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visited AS v
LEFT JOIN again AS m ON (m.day = v.day) AND (m.person = v.person)),
people AS (SELECT e.day AS day, e.person AS person, max(e.cookieless) AS cookieless
FROM acts AS e
WHERE (e.visit <> 0) AND (e.matched > 0)
GROUP BY e.day, e.person)
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, CAST(coalesce(sum(f.visitors), 0) AS BIGINT) AS visitors, CAST(coalesce(sum(f.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(f.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(f.events), 0) AS BIGINT) AS events, CAST(coalesce(sum(f.bounces), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(f.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(f.duration), 0) AS BIGINT) AS duration, CAST(coalesce(sum(f.entries), 0) AS BIGINT) AS entries, CAST(coalesce(sum(f.exits), 0) AS BIGINT) AS exits
FROM (SELECT CAST(? AS VARCHAR) AS field, '' AS value, e.day AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(coalesce(sum(e.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(e.events), 0) AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(coalesce(sum(e.engaged), 0) AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM acts AS e
GROUP BY e.day
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, v.day AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, x.day AS traffic, CAST(coalesce(count(*), 0) AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(coalesce(sum(x.cookieless), 0) AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM people AS x
GROUP BY x.day
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, (x.person >> 5) AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(coalesce(bit_or(CAST(1 AS BIGINT) << CAST(x.person & 31 AS BIGINT)), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM people AS x
GROUP BY (x.person >> 5)
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.path AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT CASE WHEN (e.views > 0) THEN e.person ELSE NULL END), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*) FILTER (WHERE (e.views > 0) AND (e.visit <> 0)), 0) AS BIGINT) AS visits, CAST(coalesce(sum(e.views), 0) AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(coalesce(sum(e.engaged), 0) AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM acts AS e
WHERE ((e.views > 0) OR (e.engaged > 0))
GROUP BY e.day, e.path
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.entry AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(coalesce(count(*), 0) AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.exit AS value, 0 AS traffic, CAST(0 AS BIGINT) AS visitors, CAST(0 AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(0 AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(coalesce(count(*), 0) AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT CAST(? AS VARCHAR) AS field, '' AS value, v.traffic AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT CAST(? AS VARCHAR) AS field, v.device AS value, 0 AS traffic, CAST(coalesce((count(*) FILTER (WHERE NOT (v.again)) + count(DISTINCT v.person) FILTER (WHERE v.again)), 0) AS BIGINT) AS visitors, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(v.events), 0) AS BIGINT) AS events, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces, CAST(coalesce(sum(v.engaged), 0) AS BIGINT) AS engaged, CAST(coalesce(sum(v.duration), 0) AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT CAST(? AS VARCHAR) AS field, e.name AS value, 0 AS traffic, CAST(coalesce(count(DISTINCT CASE WHEN (e.events > 0) THEN e.person ELSE NULL END), 0) AS BIGINT) AS visitors, CAST(coalesce(count(DISTINCT CASE WHEN (e.events > 0) AND (e.visit <> 0) THEN e.visit ELSE NULL END), 0) AS BIGINT) AS visits, CAST(0 AS BIGINT) AS views, CAST(coalesce(sum(e.events), 0) AS BIGINT) AS events, CAST(0 AS BIGINT) AS bounces, CAST(0 AS BIGINT) AS engaged, CAST(0 AS BIGINT) AS duration, CAST(0 AS BIGINT) AS entries, CAST(0 AS BIGINT) AS exits
FROM acts AS e
WHERE (e.events > 0)
GROUP BY e.day, e.name) AS f
GROUP BY f.field, f.value, f.traffic
-- [Page Engaged Inquiry Submitted /plan free Inquiry Submitted /plan free Page Engaged 7 20758 20787 /cases /料金 7 20756 20787 1 Inquiry Submitted /plan free 7 20756 20789 /cases /料金 Inquiry Submitted /plan free 7 1796342400000 1793145600000 7 20758 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted /plan free 7 1796342400000 1793145600000 day day day people page page page traffic device event]

-- weights, plain
SELECT r.day AS day, (r.views + r.events) AS count
FROM rollup_days AS r
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?)
-- [7 20758 20787]

-- weights, filtered
SELECT v.day AS day, CAST(coalesce(sum((v.views + v.events)), 0) AS BIGINT) AS count
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?))
GROUP BY v.day
-- [7 20758 20787 1]

-- visitors, plain
WITH kept AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '')) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT coalesce(y.value, '') AS value, count(DISTINCT v.person) AS visitors
FROM kept AS v
LEFT JOIN (SELECT unnest(?::UINTEGER[]) AS traffic, unnest(?::VARCHAR[]) AS value) AS y ON (y.traffic = v.traffic)
WHERE (coalesce(y.value, '') IN (?))
GROUP BY coalesce(y.value, '')
-- [7 20758 20787 7 1796342400000 1793145600000 [0 1] [ x] text]

-- visitors, filtered
WITH kept AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))))) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT coalesce(y.value, '') AS value, count(DISTINCT v.person) AS visitors
FROM kept AS v
LEFT JOIN (SELECT unnest(?::UINTEGER[]) AS traffic, unnest(?::VARCHAR[]) AS value) AS y ON (y.traffic = v.traffic)
WHERE (coalesce(y.value, '') IN (?))
GROUP BY coalesce(y.value, '')
-- [7 20758 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted /plan free 7 1796342400000 1793145600000 [0 1] [ x] text]

-- visitors at once, plain
SELECT CAST(coalesce(sum(((m.depth >> CAST(? AS BIGINT)) & 1)), 0) AS BIGINT), CAST(coalesce(sum(((m.depth >> CAST(? AS BIGINT)) & 1)), 0) AS BIGINT)
FROM (SELECT coalesce(p.person, x.visitor) AS person, bit_or(x.depth) AS depth
FROM (SELECT e.visitor AS visitor, bit_or(CAST(1 AS BIGINT) << CAST(coalesce(list_position(CAST(? AS VARCHAR[]), e.path), 0) AS BIGINT)) AS depth
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND (coalesce(list_position(CAST(? AS VARCHAR[]), e.path), 0) > 0)
GROUP BY e.visitor) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)
GROUP BY coalesce(p.person, x.visitor)) AS m
-- [1 2 [/text /] 7 20758 20787 [/text /] 7 1796342400000 1793145600000]

-- visitors at once, filtered
SELECT CAST(coalesce(sum(((m.depth >> CAST(? AS BIGINT)) & 1)), 0) AS BIGINT), CAST(coalesce(sum(((m.depth >> CAST(? AS BIGINT)) & 1)), 0) AS BIGINT)
FROM (SELECT coalesce(p.person, x.visitor) AS person, bit_or(x.depth) AS depth
FROM (SELECT e.visitor AS visitor, bit_or(CAST(1 AS BIGINT) << CAST(coalesce(list_position(CAST(? AS VARCHAR[]), e.path), 0) AS BIGINT)) AS depth
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND ((e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) OR (e.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))))) AND (coalesce(list_position(CAST(? AS VARCHAR[]), e.path), 0) > 0)
GROUP BY e.visitor) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)
GROUP BY coalesce(p.person, x.visitor)) AS m
-- [1 2 [/text /] 7 20758 20787 /cases /料金 7 20756 20787 1 Inquiry Submitted /plan free 7 20756 20789 /cases /料金 Inquiry Submitted /plan free [/text /] 7 1796342400000 1793145600000]

-- traffic, plain
WITH kept AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '')) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT m.day AS day, m.traffic AS traffic, CAST(coalesce(sum(m.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(m.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(m.bounces), 0) AS BIGINT) AS bounces
FROM (SELECT f.day AS day, f.traffic AS traffic, f.visits AS visits, f.views AS views, f.bounces AS bounces
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field = ?) AND (f.day >= ?) AND (f.day <= ?) AND NOT ((f.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
UNION ALL SELECT v.day AS day, v.traffic AS traffic, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces
FROM kept AS v
GROUP BY v.day, v.traffic) AS m
GROUP BY m.day, m.traffic
ORDER BY day, traffic
-- [7 20786 20787 7 1796342400000 1793145600000 7 traffic 20758 20787 7]

-- traffic, filtered
WITH kept AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))))) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT m.day AS day, m.traffic AS traffic, CAST(coalesce(sum(m.visits), 0) AS BIGINT) AS visits, CAST(coalesce(sum(m.views), 0) AS BIGINT) AS views, CAST(coalesce(sum(m.bounces), 0) AS BIGINT) AS bounces
FROM (SELECT v.day AS day, v.traffic AS traffic, CAST(coalesce(count(*), 0) AS BIGINT) AS visits, CAST(coalesce(sum(v.views), 0) AS BIGINT) AS views, CAST(coalesce(count(*) FILTER (WHERE v.bounce), 0) AS BIGINT) AS bounces
FROM kept AS v
GROUP BY v.day, v.traffic) AS m
GROUP BY m.day, m.traffic
ORDER BY day, traffic
-- [7 20786 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted /plan free 7 1796342400000 1793145600000]

-- transitions, plain
WITH seen AS (SELECT e.visit AS visit, e.path AS path, e.happened AS happened, e.id AS id
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND (e.visit <> 0) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND ((e.kind = 2) OR (e.kind = 3)) AND (e.path = ?)))))),
mapped AS (SELECT x.path AS path, CASE WHEN (x.path = '') THEN 0 ELSE row_number() OVER ( ORDER BY x.path) END AS place
FROM (SELECT DISTINCT x.path AS path
FROM seen AS x) AS x)
SELECT coalesce(f.path, '') AS from_page, t.path AS to_page, m.count AS count, m.visits AS visits, m.followed AS followed
FROM (SELECT s.first AS first, s.place AS place, CAST(coalesce(sum(s.count), 0) AS BIGINT) AS count, count(*) AS visits, CAST(coalesce(sum(s.followed), 0) AS BIGINT) AS followed
FROM (SELECT coalesce(s.previous, 0) AS first, s.place AS place, count(*) AS count, count(s.previous) AS followed
FROM (SELECT x.visit AS visit, t.place AS place, lag(t.place) OVER (PARTITION BY x.visit ORDER BY x.happened, x.id) AS previous
FROM seen AS x
JOIN mapped AS t ON (t.path = x.path)) AS s
GROUP BY s.visit, coalesce(s.previous, 0), s.place) AS s
GROUP BY s.first, s.place) AS m
JOIN mapped AS t ON (t.place = m.place)
LEFT JOIN mapped AS f ON (f.place = m.first)
-- [7 20758 20789 7 20786 20787 7 20758 20789 /text]

-- transitions, filtered
WITH seen AS (SELECT e.visit AS visit, e.path AS path, e.happened AS happened, e.id AS id
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND (e.visit <> 0) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))))) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND ((e.kind = 2) OR (e.kind = 3)) AND (e.path = ?)))))),
mapped AS (SELECT x.path AS path, CASE WHEN (x.path = '') THEN 0 ELSE row_number() OVER ( ORDER BY x.path) END AS place
FROM (SELECT DISTINCT x.path AS path
FROM seen AS x) AS x)
SELECT coalesce(f.path, '') AS from_page, t.path AS to_page, m.count AS count, m.visits AS visits, m.followed AS followed
FROM (SELECT s.first AS first, s.place AS place, CAST(coalesce(sum(s.count), 0) AS BIGINT) AS count, count(*) AS visits, CAST(coalesce(sum(s.followed), 0) AS BIGINT) AS followed
FROM (SELECT coalesce(s.previous, 0) AS first, s.place AS place, count(*) AS count, count(s.previous) AS followed
FROM (SELECT x.visit AS visit, t.place AS place, lag(t.place) OVER (PARTITION BY x.visit ORDER BY x.happened, x.id) AS previous
FROM seen AS x
JOIN mapped AS t ON (t.path = x.path)) AS s
GROUP BY s.visit, coalesce(s.previous, 0), s.place) AS s
GROUP BY s.first, s.place) AS m
JOIN mapped AS t ON (t.place = m.place)
LEFT JOIN mapped AS f ON (f.place = m.first)
-- [7 20758 20789 7 20786 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted /plan free 7 20758 20789 /text]

-- funnel, plain
WITH step1 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND starts_with(e.path, ?)),
step2 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND (coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))),
chain AS (SELECT c.person AS person, c.at1 AS at1, CASE WHEN NOT ((c.at1 IS NULL)) AND (s.happened <= (c.at1 + ?)) THEN s.happened ELSE NULL END AS at2
FROM (SELECT s.person AS person, s.happened AS at1
FROM step1 AS s) AS c
ASOF LEFT JOIN step2 AS s ON (c.person = s.person) AND (s.happened > c.at1)),
best AS (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2
FROM (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2, row_number() OVER (PARTITION BY c.person ORDER BY c.depth DESC, c.at1) AS ranked
FROM (SELECT c.person AS person, c.at1 AS at1, c.at2 AS at2, (1 + CASE WHEN (c.at2 IS NULL) THEN 0 ELSE 1 END) AS depth
FROM chain AS c) AS c) AS c
WHERE (c.ranked = 1))
SELECT 1 AS depth, count(*) AS people, CAST(NULL AS DOUBLE) AS median_gap
FROM best AS x
WHERE (x.depth >= 1)
UNION ALL SELECT 2 AS depth, count(*) AS people, CAST(median((x.at2 - x.at1)) AS DOUBLE) AS median_gap
FROM best AS x
WHERE (x.depth >= 2)
ORDER BY depth
-- [7 7 20786 20787 /text 7 7 20758 20789 etext /textp text 86400000]

-- funnel, filtered
WITH step1 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))))))) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND starts_with(e.path, ?)),
step2 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND (coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))),
chain AS (SELECT c.person AS person, c.at1 AS at1, CASE WHEN NOT ((c.at1 IS NULL)) AND (s.happened <= (c.at1 + ?)) THEN s.happened ELSE NULL END AS at2
FROM (SELECT s.person AS person, s.happened AS at1
FROM step1 AS s) AS c
ASOF LEFT JOIN step2 AS s ON (c.person = s.person) AND (s.happened > c.at1)),
best AS (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2
FROM (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2, row_number() OVER (PARTITION BY c.person ORDER BY c.depth DESC, c.at1) AS ranked
FROM (SELECT c.person AS person, c.at1 AS at1, c.at2 AS at2, (1 + CASE WHEN (c.at2 IS NULL) THEN 0 ELSE 1 END) AS depth
FROM chain AS c) AS c) AS c
WHERE (c.ranked = 1))
SELECT 1 AS depth, count(*) AS people, CAST(NULL AS DOUBLE) AS median_gap
FROM best AS x
WHERE (x.depth >= 1)
UNION ALL SELECT 2 AS depth, count(*) AS people, CAST(median((x.at2 - x.at1)) AS DOUBLE) AS median_gap
FROM best AS x
WHERE (x.depth >= 2)
ORDER BY depth
-- [7 7 20786 20787 7 20756 20787 1 7 20756 20789 /cases /料金 Inquiry Submitted /plan free /text 7 7 20758 20789 etext /textp text 86400000]

-- cohorts, plain
WITH born AS (SELECT x.person AS person, date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + x.day) AS period
FROM (SELECT p.person AS person, min(v.day) AS day, arg_min(v.visit, v.started) AS visit
FROM visits AS v
JOIN visitors AS p ON p.ws = ? AND (p.visitor = v.visitor)
WHERE v.ws = ? AND (v.bot = '') AND NOT (p.cookieless)
GROUP BY p.person) AS x
WHERE (x.day >= ?) AND (x.day <= ?)),
acts AS (SELECT DISTINCT p.person AS person, date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + e.day) AS period
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND NOT (p.cookieless))
SELECT CAST(x.period AS BIGINT) AS born, CAST(-1 AS BIGINT) AS place, count(*) AS people
FROM born AS x
GROUP BY x.period
UNION ALL SELECT CAST(x.period AS BIGINT) AS born, CAST((s.period - x.period) AS BIGINT) AS place, count(*) AS people
FROM born AS x
JOIN acts AS s ON (s.person = x.person)
WHERE ((s.period - x.period) >= 0) AND ((s.period - x.period) < ?)
GROUP BY x.period, (s.period - x.period)
ORDER BY born, place
-- [7 7 20786 20787 7 7 20758 20787 etext 6]

-- cohorts, filtered
WITH born AS (SELECT x.person AS person, date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + x.day) AS period
FROM (SELECT p.person AS person, min(v.day) AS day, arg_min(v.visit, v.started) AS visit
FROM visits AS v
JOIN visitors AS p ON p.ws = ? AND (p.visitor = v.visitor)
WHERE v.ws = ? AND (v.bot = '') AND NOT (p.cookieless)
GROUP BY p.person) AS x
WHERE (x.day >= ?) AND (x.day <= ?) AND (x.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))))))),
acts AS (SELECT DISTINCT p.person AS person, date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + e.day) AS period
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND NOT (p.cookieless))
SELECT CAST(x.period AS BIGINT) AS born, CAST(-1 AS BIGINT) AS place, count(*) AS people
FROM born AS x
GROUP BY x.period
UNION ALL SELECT CAST(x.period AS BIGINT) AS born, CAST((s.period - x.period) AS BIGINT) AS place, count(*) AS people
FROM born AS x
JOIN acts AS s ON (s.person = x.person)
WHERE ((s.period - x.period) >= 0) AND ((s.period - x.period) < ?)
GROUP BY x.period, (s.period - x.period)
ORDER BY born, place
-- [7 7 20786 20787 7 20786 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted /plan free 7 7 20758 20787 etext 6]

-- journeys, plain
WITH outcomes AS (SELECT e.id AS id, p.person AS person, e.happened AS happened, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?)),
seen AS (SELECT p.person AS person, v.visit AS visit, v.started AS started, v.traffic AS traffic, v.entry AS entry, v.bot AS bot
FROM visits AS v
JOIN visitors AS p ON p.ws = ? AND (p.visitor = v.visitor)
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (p.person IN (SELECT o.person
FROM outcomes AS o))),
ranked AS (SELECT o.id AS id, o.person AS person, o.happened AS happened, o.value AS value
FROM outcomes AS o
ORDER BY o.happened DESC, o.id
LIMIT ?)
SELECT CAST(o.id AS VARCHAR) AS id, o.person AS person, o.happened AS happened, o.value AS value, m.started AS started, m.traffic AS traffic, m.entry AS entry, m.bot AS bot
FROM ranked AS o
LEFT JOIN seen AS m ON (m.person = o.person) AND (m.started <= o.happened) AND (m.started >= (o.happened - ?))
ORDER BY o.happened DESC, o.id, m.started, m.visit
-- [7 7 20786 20787 etext 7 7 20726 20787 100 2592000000]

-- journeys, filtered
WITH outcomes AS (SELECT e.id AS id, p.person AS person, e.happened AS happened, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?)),
seen AS (SELECT p.person AS person, v.visit AS visit, v.started AS started, v.traffic AS traffic, v.entry AS entry, v.bot AS bot
FROM visits AS v
JOIN visitors AS p ON p.ws = ? AND (p.visitor = v.visitor)
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (p.person IN (SELECT o.person
FROM outcomes AS o))),
ranked AS (SELECT o.id AS id, o.person AS person, o.happened AS happened, o.value AS value
FROM outcomes AS o
WHERE (o.id IN (SELECT o.id
FROM outcomes AS o
JOIN seen AS m ON (m.person = o.person) AND (m.started <= o.happened) AND (m.started >= (o.happened - ?))
WHERE (m.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?)))))))))
ORDER BY o.happened DESC, o.id
LIMIT ?)
SELECT CAST(o.id AS VARCHAR) AS id, o.person AS person, o.happened AS happened, o.value AS value, m.started AS started, m.traffic AS traffic, m.entry AS entry, m.bot AS bot
FROM ranked AS o
LEFT JOIN seen AS m ON (m.person = o.person) AND (m.started <= o.happened) AND (m.started >= (o.happened - ?))
ORDER BY o.happened DESC, o.id, m.started, m.visit
-- [7 7 20786 20787 etext 7 7 20726 20787 2592000000 7 20726 20787 1 7 20726 20789 /cases /料金 Inquiry Submitted /plan free 100 2592000000]

-- metric, plain
WITH seen AS (SELECT coalesce(p.person, e.visitor) AS person, coalesce(p.cookieless, FALSE) AS cookieless, (e.kind = 1) AND (e.name IN (?)) AS matched, e.visit AS visit, e.day AS day, e.kind AS kind, e.name AS name, e.path AS path, e.title AS title, e.key AS key, e.engaged AS engaged, e.value AS value
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (e.kind = 1) AND (e.name IN (?)))
SELECT e.day AS day, coalesce(x.value, '') AS dim1, coalesce(v.device, '') AS dim2, CAST(coalesce(count(DISTINCT e.person), 0) AS DOUBLE) AS value
FROM seen AS e
LEFT JOIN visits AS v ON v.ws = ? AND (v.visit = e.visit) AND (v.day >= ?) AND (v.day <= ?)
LEFT JOIN (SELECT unnest(?::UINTEGER[]) AS traffic, unnest(?::VARCHAR[]) AS value) AS x ON (x.traffic = v.traffic)
WHERE e.matched
GROUP BY e.day, coalesce(x.value, ''), coalesce(v.device, '')
ORDER BY day, dim1, dim2
-- [etext 7 1796342400000 1793145600000 7 20786 20787 etext 7 20756 20787 [0 1] [direct social]]

-- metric, filtered
WITH seen AS (SELECT coalesce(p.person, e.visitor) AS person, coalesce(p.cookieless, FALSE) AS cookieless, (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) AND (e.kind = 1) AND (e.name IN (?)) AS matched, e.visit AS visit, e.day AS day, e.kind AS kind, e.name AS name, e.path AS path, e.title AS title, e.key AS key, e.engaged AS engaged, e.value AS value
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) AND (e.kind = 1) AND (e.name IN (?)))
SELECT e.day AS day, coalesce(x.value, '') AS dim1, coalesce(v.device, '') AS dim2, CAST(coalesce(count(DISTINCT e.person), 0) AS DOUBLE) AS value
FROM seen AS e
LEFT JOIN visits AS v ON v.ws = ? AND (v.visit = e.visit) AND (v.day >= ?) AND (v.day <= ?)
LEFT JOIN (SELECT unnest(?::UINTEGER[]) AS traffic, unnest(?::VARCHAR[]) AS value) AS x ON (x.traffic = v.traffic)
WHERE e.matched
GROUP BY e.day, coalesce(x.value, ''), coalesce(v.device, '')
ORDER BY day, dim1, dim2
-- [Inquiry Submitted /plan free etext 7 1796342400000 1793145600000 7 20786 20787 /cases /料金 7 20756 20787 1 Inquiry Submitted /plan free etext 7 20756 20787 [0 1] [direct social]]

-- events, plain
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, CAST(e.id AS VARCHAR) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '')
ORDER BY happened DESC, e.id DESC
LIMIT ? OFFSET ?
-- [7 7 7 20786 20787 50 100]

-- events, filtered
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, CAST(e.id AS VARCHAR) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?))))
ORDER BY happened DESC, e.id DESC
LIMIT ? OFFSET ?
-- [7 7 7 20786 20787 /cases /料金 Inquiry Submitted /plan free 7 20756 20787 1 50 100]

-- newest, plain
SELECT max(e.received) AS received
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?)
-- [7 20786 20787]

-- newest, filtered
SELECT max(e.received) AS received
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?)
-- [7 20786 20787]

-- export, plain
SELECT strftime(make_timestamp(e.happened * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS happened, CAST(e.id AS VARCHAR) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, CASE WHEN e.name <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.name, 1)) THEN '''' || e.name ELSE e.name END AS name, CASE WHEN e.category <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.category, 1)) THEN '''' || e.category ELSE e.category END AS category, CASE WHEN e.host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.host, 1)) THEN '''' || e.host ELSE e.host END AS host, CASE WHEN e.path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.path, 1)) THEN '''' || e.path ELSE e.path END AS path, CASE WHEN e.query <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.query, 1)) THEN '''' || e.query ELSE e.query END AS query, CASE WHEN e.title <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.title, 1)) THEN '''' || e.title ELSE e.title END AS title, CASE WHEN e.referrer_host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_host, 1)) THEN '''' || e.referrer_host ELSE e.referrer_host END AS referrer_host, CASE WHEN e.referrer_path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_path, 1)) THEN '''' || e.referrer_path ELSE e.referrer_path END AS referrer_path, CASE WHEN e.device <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.device, 1)) THEN '''' || e.device ELSE e.device END AS device, CASE WHEN e.browser <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.browser, 1)) THEN '''' || e.browser ELSE e.browser END AS browser, CASE WHEN e.os <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.os, 1)) THEN '''' || e.os ELSE e.os END AS os, CASE WHEN e.language <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.language, 1)) THEN '''' || e.language ELSE e.language END AS language, CASE WHEN e.bot <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.bot, 1)) THEN '''' || e.bot ELSE e.bot END AS bot, CASE WHEN e.library <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.library, 1)) THEN '''' || e.library ELSE e.library END AS library, CASE WHEN e.key <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.key, 1)) THEN '''' || e.key ELSE e.key END AS key, CASE WHEN e.currency <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.currency, 1)) THEN '''' || e.currency ELSE e.currency END AS currency, CASE WHEN e.user_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.user_id, 1)) THEN '''' || e.user_id ELSE e.user_id END AS user_id, CASE WHEN e.anonymous_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.anonymous_id, 1)) THEN '''' || e.anonymous_id ELSE e.anonymous_id END AS anonymous_id, CASE WHEN e.group_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.group_id, 1)) THEN '''' || e.group_id ELSE e.group_id END AS group_id, CASE WHEN e.properties <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.properties, 1)) THEN '''' || e.properties ELSE e.properties END AS properties, CASE WHEN coalesce(t.source, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.source, ''), 1)) THEN '''' || coalesce(t.source, '') ELSE coalesce(t.source, '') END AS source, CASE WHEN coalesce(t.medium, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.medium, ''), 1)) THEN '''' || coalesce(t.medium, '') ELSE coalesce(t.medium, '') END AS medium, CASE WHEN coalesce(t.campaign, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.campaign, ''), 1)) THEN '''' || coalesce(t.campaign, '') ELSE coalesce(t.campaign, '') END AS campaign, CASE WHEN coalesce(t.term, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.term, ''), 1)) THEN '''' || coalesce(t.term, '') ELSE coalesce(t.term, '') END AS term, CASE WHEN coalesce(t.content, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.content, ''), 1)) THEN '''' || coalesce(t.content, '') ELSE coalesce(t.content, '') END AS content, CASE WHEN coalesce(t.click_id, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.click_id, ''), 1)) THEN '''' || coalesce(t.click_id, '') ELSE coalesce(t.click_id, '') END AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '')
-- [1 2 3 4 5 6 7 7 7 20786 20787]

-- export, filtered
SELECT strftime(make_timestamp(e.happened * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS happened, CAST(e.id AS VARCHAR) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, CASE WHEN e.name <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.name, 1)) THEN '''' || e.name ELSE e.name END AS name, CASE WHEN e.category <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.category, 1)) THEN '''' || e.category ELSE e.category END AS category, CASE WHEN e.host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.host, 1)) THEN '''' || e.host ELSE e.host END AS host, CASE WHEN e.path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.path, 1)) THEN '''' || e.path ELSE e.path END AS path, CASE WHEN e.query <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.query, 1)) THEN '''' || e.query ELSE e.query END AS query, CASE WHEN e.title <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.title, 1)) THEN '''' || e.title ELSE e.title END AS title, CASE WHEN e.referrer_host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_host, 1)) THEN '''' || e.referrer_host ELSE e.referrer_host END AS referrer_host, CASE WHEN e.referrer_path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_path, 1)) THEN '''' || e.referrer_path ELSE e.referrer_path END AS referrer_path, CASE WHEN e.device <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.device, 1)) THEN '''' || e.device ELSE e.device END AS device, CASE WHEN e.browser <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.browser, 1)) THEN '''' || e.browser ELSE e.browser END AS browser, CASE WHEN e.os <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.os, 1)) THEN '''' || e.os ELSE e.os END AS os, CASE WHEN e.language <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.language, 1)) THEN '''' || e.language ELSE e.language END AS language, CASE WHEN e.bot <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.bot, 1)) THEN '''' || e.bot ELSE e.bot END AS bot, CASE WHEN e.library <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.library, 1)) THEN '''' || e.library ELSE e.library END AS library, CASE WHEN e.key <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.key, 1)) THEN '''' || e.key ELSE e.key END AS key, CASE WHEN e.currency <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.currency, 1)) THEN '''' || e.currency ELSE e.currency END AS currency, CASE WHEN e.user_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.user_id, 1)) THEN '''' || e.user_id ELSE e.user_id END AS user_id, CASE WHEN e.anonymous_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.anonymous_id, 1)) THEN '''' || e.anonymous_id ELSE e.anonymous_id END AS anonymous_id, CASE WHEN e.group_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.group_id, 1)) THEN '''' || e.group_id ELSE e.group_id END AS group_id, CASE WHEN e.properties <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.properties, 1)) THEN '''' || e.properties ELSE e.properties END AS properties, CASE WHEN coalesce(t.source, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.source, ''), 1)) THEN '''' || coalesce(t.source, '') ELSE coalesce(t.source, '') END AS source, CASE WHEN coalesce(t.medium, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.medium, ''), 1)) THEN '''' || coalesce(t.medium, '') ELSE coalesce(t.medium, '') END AS medium, CASE WHEN coalesce(t.campaign, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.campaign, ''), 1)) THEN '''' || coalesce(t.campaign, '') ELSE coalesce(t.campaign, '') END AS campaign, CASE WHEN coalesce(t.term, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.term, ''), 1)) THEN '''' || coalesce(t.term, '') ELSE coalesce(t.term, '') END AS term, CASE WHEN coalesce(t.content, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.content, ''), 1)) THEN '''' || coalesce(t.content, '') ELSE coalesce(t.content, '') END AS content, CASE WHEN coalesce(t.click_id, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.click_id, ''), 1)) THEN '''' || coalesce(t.click_id, '') ELSE coalesce(t.click_id, '') END AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?))))
-- [1 2 3 4 5 6 7 7 7 20786 20787 /cases /料金 Inquiry Submitted /plan free 7 20756 20787 1]

-- stretches, plain
SELECT e.day AS day, count(*) AS count, min(e.happened) AS first, max(e.happened) AS last
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?)
GROUP BY e.day
ORDER BY day
-- [7 20786 20787]

-- stretches, filtered
SELECT e.day AS day, count(*) AS count, min(e.happened) AS first, max(e.happened) AS last
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?)
GROUP BY e.day
ORDER BY day
-- [7 20786 20787]

-- export piece, plain
SELECT strftime(make_timestamp(e.happened * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS happened, CAST(e.id AS VARCHAR) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, CASE WHEN e.name <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.name, 1)) THEN '''' || e.name ELSE e.name END AS name, CASE WHEN e.category <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.category, 1)) THEN '''' || e.category ELSE e.category END AS category, CASE WHEN e.host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.host, 1)) THEN '''' || e.host ELSE e.host END AS host, CASE WHEN e.path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.path, 1)) THEN '''' || e.path ELSE e.path END AS path, CASE WHEN e.query <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.query, 1)) THEN '''' || e.query ELSE e.query END AS query, CASE WHEN e.title <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.title, 1)) THEN '''' || e.title ELSE e.title END AS title, CASE WHEN e.referrer_host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_host, 1)) THEN '''' || e.referrer_host ELSE e.referrer_host END AS referrer_host, CASE WHEN e.referrer_path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_path, 1)) THEN '''' || e.referrer_path ELSE e.referrer_path END AS referrer_path, CASE WHEN e.device <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.device, 1)) THEN '''' || e.device ELSE e.device END AS device, CASE WHEN e.browser <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.browser, 1)) THEN '''' || e.browser ELSE e.browser END AS browser, CASE WHEN e.os <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.os, 1)) THEN '''' || e.os ELSE e.os END AS os, CASE WHEN e.language <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.language, 1)) THEN '''' || e.language ELSE e.language END AS language, CASE WHEN e.bot <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.bot, 1)) THEN '''' || e.bot ELSE e.bot END AS bot, CASE WHEN e.library <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.library, 1)) THEN '''' || e.library ELSE e.library END AS library, CASE WHEN e.key <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.key, 1)) THEN '''' || e.key ELSE e.key END AS key, CASE WHEN e.currency <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.currency, 1)) THEN '''' || e.currency ELSE e.currency END AS currency, CASE WHEN e.user_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.user_id, 1)) THEN '''' || e.user_id ELSE e.user_id END AS user_id, CASE WHEN e.anonymous_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.anonymous_id, 1)) THEN '''' || e.anonymous_id ELSE e.anonymous_id END AS anonymous_id, CASE WHEN e.group_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.group_id, 1)) THEN '''' || e.group_id ELSE e.group_id END AS group_id, CASE WHEN e.properties <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.properties, 1)) THEN '''' || e.properties ELSE e.properties END AS properties, CASE WHEN coalesce(t.source, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.source, ''), 1)) THEN '''' || coalesce(t.source, '') ELSE coalesce(t.source, '') END AS source, CASE WHEN coalesce(t.medium, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.medium, ''), 1)) THEN '''' || coalesce(t.medium, '') ELSE coalesce(t.medium, '') END AS medium, CASE WHEN coalesce(t.campaign, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.campaign, ''), 1)) THEN '''' || coalesce(t.campaign, '') ELSE coalesce(t.campaign, '') END AS campaign, CASE WHEN coalesce(t.term, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.term, ''), 1)) THEN '''' || coalesce(t.term, '') ELSE coalesce(t.term, '') END AS term, CASE WHEN coalesce(t.content, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.content, ''), 1)) THEN '''' || coalesce(t.content, '') ELSE coalesce(t.content, '') END AS content, CASE WHEN coalesce(t.click_id, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.click_id, ''), 1)) THEN '''' || coalesce(t.click_id, '') ELSE coalesce(t.click_id, '') END AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.happened >= ?) AND (e.happened < ?)
ORDER BY e.happened, e.id
-- [1 2 3 4 5 6 7 7 7 20786 20787 1000 2000]

-- export piece, filtered
SELECT strftime(make_timestamp(e.happened * 1000), '%Y-%m-%dT%H:%M:%S.%gZ') AS happened, CAST(e.id AS VARCHAR) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, CASE WHEN e.name <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.name, 1)) THEN '''' || e.name ELSE e.name END AS name, CASE WHEN e.category <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.category, 1)) THEN '''' || e.category ELSE e.category END AS category, CASE WHEN e.host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.host, 1)) THEN '''' || e.host ELSE e.host END AS host, CASE WHEN e.path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.path, 1)) THEN '''' || e.path ELSE e.path END AS path, CASE WHEN e.query <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.query, 1)) THEN '''' || e.query ELSE e.query END AS query, CASE WHEN e.title <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.title, 1)) THEN '''' || e.title ELSE e.title END AS title, CASE WHEN e.referrer_host <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_host, 1)) THEN '''' || e.referrer_host ELSE e.referrer_host END AS referrer_host, CASE WHEN e.referrer_path <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.referrer_path, 1)) THEN '''' || e.referrer_path ELSE e.referrer_path END AS referrer_path, CASE WHEN e.device <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.device, 1)) THEN '''' || e.device ELSE e.device END AS device, CASE WHEN e.browser <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.browser, 1)) THEN '''' || e.browser ELSE e.browser END AS browser, CASE WHEN e.os <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.os, 1)) THEN '''' || e.os ELSE e.os END AS os, CASE WHEN e.language <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.language, 1)) THEN '''' || e.language ELSE e.language END AS language, CASE WHEN e.bot <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.bot, 1)) THEN '''' || e.bot ELSE e.bot END AS bot, CASE WHEN e.library <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.library, 1)) THEN '''' || e.library ELSE e.library END AS library, CASE WHEN e.key <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.key, 1)) THEN '''' || e.key ELSE e.key END AS key, CASE WHEN e.currency <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.currency, 1)) THEN '''' || e.currency ELSE e.currency END AS currency, CASE WHEN e.user_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.user_id, 1)) THEN '''' || e.user_id ELSE e.user_id END AS user_id, CASE WHEN e.anonymous_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.anonymous_id, 1)) THEN '''' || e.anonymous_id ELSE e.anonymous_id END AS anonymous_id, CASE WHEN e.group_id <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.group_id, 1)) THEN '''' || e.group_id ELSE e.group_id END AS group_id, CASE WHEN e.properties <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(e.properties, 1)) THEN '''' || e.properties ELSE e.properties END AS properties, CASE WHEN coalesce(t.source, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.source, ''), 1)) THEN '''' || coalesce(t.source, '') ELSE coalesce(t.source, '') END AS source, CASE WHEN coalesce(t.medium, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.medium, ''), 1)) THEN '''' || coalesce(t.medium, '') ELSE coalesce(t.medium, '') END AS medium, CASE WHEN coalesce(t.campaign, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.campaign, ''), 1)) THEN '''' || coalesce(t.campaign, '') ELSE coalesce(t.campaign, '') END AS campaign, CASE WHEN coalesce(t.term, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.term, ''), 1)) THEN '''' || coalesce(t.term, '') ELSE coalesce(t.term, '') END AS term, CASE WHEN coalesce(t.content, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.content, ''), 1)) THEN '''' || coalesce(t.content, '') ELSE coalesce(t.content, '') END AS content, CASE WHEN coalesce(t.click_id, '') <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(coalesce(t.click_id, ''), 1)) THEN '''' || coalesce(t.click_id, '') ELSE coalesce(t.click_id, '') END AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (starts_with(e.path, ?) OR starts_with(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(json_extract_string(nullif(e.properties, ''), ?), '') IN (?))) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND (e.happened >= ?) AND (e.happened < ?)
ORDER BY e.happened, e.id
-- [1 2 3 4 5 6 7 7 7 20786 20787 /cases /料金 Inquiry Submitted /plan free 7 20756 20787 1 1000 2000]

-- values, plain
SELECT m.value AS value, count(*) AS count
FROM (SELECT json_extract_string(nullif(e.properties, ''), ?) AS value
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (e.properties <> '')) AS m
WHERE NOT ((m.value IS NULL)) AND (m.value <> '') AND starts_with(m.value, ?)
GROUP BY m.value
ORDER BY count DESC, value
LIMIT ?
-- [/textp 7 20786 20787 text 20]

-- values, filtered
SELECT m.value AS value, count(*) AS count
FROM (SELECT json_extract_string(nullif(e.properties, ''), ?) AS value
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (e.properties <> '')) AS m
WHERE NOT ((m.value IS NULL)) AND (m.value <> '') AND starts_with(m.value, ?)
GROUP BY m.value
ORDER BY count DESC, value
LIMIT ?
-- [/textp 7 20786 20787 text 20]

-- person, plain
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, CAST(e.id AS VARCHAR) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND ((p.person IN (SELECT x.person
FROM visitors AS x
WHERE x.ws = ? AND (x.id IN (?)))) OR (p.person = ?))
ORDER BY happened, e.id
-- [7 7 7 7 u:text 3]

-- person, filtered
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, CAST(e.id AS VARCHAR) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND ((p.person IN (SELECT x.person
FROM visitors AS x
WHERE x.ws = ? AND (x.id IN (?)))) OR (p.person = ?))
ORDER BY happened, e.id
-- [7 7 7 7 u:text 3]

-- doings, plain
SELECT ((CAST(coalesce(p.person, e.visitor) AS BIGINT) * 2) + CAST(coalesce(p.cookieless, FALSE) AS BIGINT)) AS who, e.happened AS happened, CAST((CASE WHEN (((e.kind = 2) OR (e.kind = 3)) AND starts_with(e.path, ?) OR FALSE) THEN ? ELSE 0 END + CASE WHEN ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) >= ?) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) <= ?) AND NOT (coalesce((json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE), FALSE)) AND (FALSE OR CASE WHEN contains(e.properties, '\') OR contains(?, '"') THEN coalesce(contains(json_extract_string(nullif(e.properties, ''), ?), ?), FALSE) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) WHEN e.properties = '' OR NOT contains(e.properties, ?) THEN FALSE ELSE coalesce(contains(json_value(e.properties, ?), ?), FALSE) END) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) OR FALSE) THEN ? ELSE 0 END) AS BIGINT) AS which
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((((e.kind = 2) OR (e.kind = 3)) AND starts_with(e.path, ?) OR FALSE) OR ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) >= ?) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) <= ?) AND NOT (coalesce((json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE), FALSE)) AND (FALSE OR CASE WHEN contains(e.properties, '\') OR contains(?, '"') THEN coalesce(contains(json_extract_string(nullif(e.properties, ''), ?), ?), FALSE) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) WHEN e.properties = '' OR NOT contains(e.properties, ?) THEN FALSE ELSE coalesce(contains(json_value(e.properties, ?), ?), FALSE) END) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) OR FALSE))
-- [text 1 etext /text /textk text /textk /n 3 /n 1.7976931348623157e+308 /n text /n text /n text /n text /n text /n 2 7 1796342400000 1793145600000 7 20786 20787 text etext /text /textk text /textk /n 3 /n 1.7976931348623157e+308 /n text /n text /n text /n text /n text /n]

-- doings, filtered
SELECT ((CAST(coalesce(p.person, e.visitor) AS BIGINT) * 2) + CAST(coalesce(p.cookieless, FALSE) AS BIGINT)) AS who, e.happened AS happened, CAST((CASE WHEN (((e.kind = 2) OR (e.kind = 3)) AND starts_with(e.path, ?) OR FALSE) THEN ? ELSE 0 END + CASE WHEN ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) >= ?) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) <= ?) AND NOT (coalesce((json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE), FALSE)) AND (FALSE OR CASE WHEN contains(e.properties, '\') OR contains(?, '"') THEN coalesce(contains(json_extract_string(nullif(e.properties, ''), ?), ?), FALSE) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) WHEN e.properties = '' OR NOT contains(e.properties, ?) THEN FALSE ELSE coalesce(contains(json_value(e.properties, ?), ?), FALSE) END) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) OR FALSE) THEN ? ELSE 0 END) AS BIGINT) AS which
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((((e.kind = 2) OR (e.kind = 3)) AND starts_with(e.path, ?) OR FALSE) OR ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) >= ?) AND (TRY_CAST(json_extract_string(nullif(e.properties, ''), ?) AS DOUBLE) <= ?) AND NOT (coalesce((json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE), FALSE)) AND (FALSE OR CASE WHEN contains(e.properties, '\') OR contains(?, '"') THEN coalesce(contains(json_extract_string(nullif(e.properties, ''), ?), ?), FALSE) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) WHEN e.properties = '' OR NOT contains(e.properties, ?) THEN FALSE ELSE coalesce(contains(json_value(e.properties, ?), ?), FALSE) END) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) OR FALSE))
-- [text 1 etext /text /textk text /textk /n 3 /n 1.7976931348623157e+308 /n text /n text /n text /n text /n text /n 2 7 1796342400000 1793145600000 7 20786 20787 text etext /text /textk text /textk /n 3 /n 1.7976931348623157e+308 /n text /n text /n text /n text /n text /n]

-- occurred, plain
SELECT p.id AS visitor, p.cookieless AS cookieless, e.happened AS happened, CAST(e.id AS VARCHAR) AS id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 1) AND (e.name = ?) AND (json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) OR FALSE)
ORDER BY e.happened, e.id
-- [7 7 20786 20787 etext /k text /k]

-- occurred, filtered
SELECT p.id AS visitor, p.cookieless AS cookieless, e.happened AS happened, CAST(e.id AS VARCHAR) AS id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 1) AND (e.name = ?) AND (json_extract_string(nullif(e.properties, ''), ?) IN (?)) AND coalesce(json_type(nullif(e.properties, ''), ?) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE) OR FALSE)
ORDER BY e.happened, e.id
-- [7 7 20786 20787 etext /k text /k]

-- ways, plain
SELECT t.traffic AS traffic, t.source AS source, t.medium AS medium, t.campaign AS campaign, t.term AS term, t.content AS content, t.click_id AS click_id, t.referrer_host AS referrer_host
FROM traffic AS t
WHERE t.ws = ? AND (t.traffic >= ?)
ORDER BY t.traffic
-- [7 4]

-- ways, filtered
SELECT t.traffic AS traffic, t.source AS source, t.medium AS medium, t.campaign AS campaign, t.term AS term, t.content AS content, t.click_id AS click_id, t.referrer_host AS referrer_host
FROM traffic AS t
WHERE t.ws = ? AND (t.traffic >= ?)
ORDER BY t.traffic
-- [7 4]

-- merged, plain
SELECT p.visitor AS visitor, p.person AS person
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person)
ORDER BY visitor
-- [7]

-- merged, filtered
SELECT p.visitor AS visitor, p.person AS person
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person)
ORDER BY visitor
-- [7]

-- person stamp, plain
SELECT CAST(coalesce(max(s.stamp), 0) AS BIGINT) AS stamp
FROM person_stamps AS s
WHERE s.ws = ?
-- [7]

-- person stamp, filtered
SELECT CAST(coalesce(max(s.stamp), 0) AS BIGINT) AS stamp
FROM person_stamps AS s
WHERE s.ws = ?
-- [7]

-- collected, plain
SELECT min(m.day) AS day
FROM (SELECT min(r.day) AS day
FROM rollup_days AS r
WHERE r.ws = ?
UNION ALL SELECT min(e.day) AS day
FROM events AS e
WHERE e.ws = ?) AS m
-- [7 7]

-- collected, filtered
SELECT min(m.day) AS day
FROM (SELECT min(r.day) AS day
FROM rollup_days AS r
WHERE r.ws = ?
UNION ALL SELECT min(e.day) AS day
FROM events AS e
WHERE e.ws = ?) AS m
-- [7 7]

-- last seen, plain
SELECT n.name AS name, max(n.last) AS last
FROM names AS n
WHERE n.ws = ? AND (n.name IN (?))
GROUP BY n.name
-- [7 texte]

-- last seen, filtered
SELECT n.name AS name, max(n.last) AS last
FROM names AS n
WHERE n.ws = ? AND (n.name IN (?))
GROUP BY n.name
-- [7 texte]

