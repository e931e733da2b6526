-- rolled, plain
SELECT r.day AS day, r.visitors AS visitors, r.cookieless AS cookieless, r.visits AS visits, r.views AS views, r.events AS events, r.bounces AS bounces, r.engaged AS engaged, r.duration AS duration, toInt64(coalesce(s.stamp, 0)) AS stamp
FROM rollup_days AS r
LEFT JOIN day_stamps AS s ON s.ws = ? AND (s.day = r.day)
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?) AND NOT ((r.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
-- [7 7 20786 20787 7]

-- rolled, filtered
SELECT r.day AS day, r.visitors AS visitors, r.cookieless AS cookieless, r.visits AS visits, r.views AS views, r.events AS events, r.bounces AS bounces, r.engaged AS engaged, r.duration AS duration, toInt64(coalesce(s.stamp, 0)) AS stamp
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
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?)) AND (f.day >= ?) AND (f.day <= ?)
GROUP BY f.field, f.value, f.traffic
LIMIT ?
-- [7 page traffic 20786 20787 1000]

-- rolled fields, filtered
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
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
daily AS (SELECT f.field AS field, f.value AS value, f.traffic AS traffic, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?, ?, ?)) AND (f.day >= ?) AND (f.day <= ?) AND NOT ((f.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
GROUP BY f.field, f.value, f.traffic
UNION ALL SELECT toString(?) AS field, e.path AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT e.person), 0)) AS visitors, toInt64(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0)) AS visits, toInt64(coalesce(count(*), 0)) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM seen AS e
WHERE ((e.kind = 2) OR (e.kind = 3))
GROUP BY e.day, e.path
UNION ALL SELECT toString(?) AS field, e.path AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(coalesce(sum(e.engaged), 0)) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM seen AS e
WHERE (e.engaged > 0)
GROUP BY e.day, e.path
UNION ALL SELECT toString(?) AS field, v.entry AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(coalesce(count(*), 0)) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT toString(?) AS field, v.exit AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(coalesce(count(*), 0)) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT toString(?) AS field, '' AS value, v.traffic AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT toString(?) AS field, v.device AS value, 0 AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT toString(?) AS field, e.name AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT e.person), 0)) AS visitors, toInt64(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0)) AS visits, toInt64(0) AS views, toInt64(coalesce(count(*), 0)) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM seen AS e
WHERE (e.kind = 1) AND NOT ((e.name = ?)) AND e.matched
GROUP BY e.day, e.name)
SELECT m.field AS field, m.value AS value, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT m.field AS field, m.value AS value, row_number() OVER (PARTITION BY m.field ORDER BY m.visits DESC, m.views DESC, m.events DESC, m.value) AS ranked, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT f.field AS field, f.value AS value, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM daily AS f
WHERE (f.field IN (?, ?, ?))
GROUP BY f.field, f.value
HAVING CASE WHEN any_value((f.field = ?)) THEN (sum(f.views) > 0) ELSE TRUE END
UNION ALL SELECT toString(?) AS field, coalesce(y.value, '') AS value, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM daily AS f
LEFT JOIN (SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(?, ?)) AS pair)) AS y ON (y.traffic = f.traffic)
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
daily AS (SELECT f.field AS field, f.value AS value, f.traffic AS traffic, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field IN (?, ?, ?, ?)) AND (f.day >= ?) AND (f.day <= ?) AND NOT ((f.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
GROUP BY f.field, f.value, f.traffic
UNION ALL SELECT toString(?) AS field, e.path AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT e.person), 0)) AS visitors, toInt64(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0)) AS visits, toInt64(coalesce(count(*), 0)) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM seen AS e
WHERE ((e.kind = 2) OR (e.kind = 3))
GROUP BY e.day, e.path
UNION ALL SELECT toString(?) AS field, e.path AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(coalesce(sum(e.engaged), 0)) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM seen AS e
WHERE (e.engaged > 0)
GROUP BY e.day, e.path
UNION ALL SELECT toString(?) AS field, v.entry AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(coalesce(count(*), 0)) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT toString(?) AS field, v.exit AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(coalesce(count(*), 0)) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT toString(?) AS field, '' AS value, v.traffic AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT toString(?) AS field, v.device AS value, 0 AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT toString(?) AS field, e.name AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT e.person), 0)) AS visitors, toInt64(coalesce(count(DISTINCT CASE WHEN (e.visit <> 0) THEN e.visit ELSE NULL END), 0)) AS visits, toInt64(0) AS views, toInt64(coalesce(count(*), 0)) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM seen AS e
WHERE (e.kind = 1) AND NOT ((e.name = ?)) AND e.matched
GROUP BY e.day, e.name)
SELECT m.field AS field, m.value AS value, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT m.field AS field, m.value AS value, row_number() OVER (PARTITION BY m.field ORDER BY m.visits DESC, m.views DESC, m.events DESC, m.value) AS ranked, m.visitors AS visitors, m.visits AS visits, m.views AS views, m.events AS events, m.bounces AS bounces, m.engaged AS engaged, m.duration AS duration, m.entries AS entries, m.exits AS exits
FROM (SELECT f.field AS field, f.value AS value, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM daily AS f
WHERE (f.field IN (?, ?, ?))
GROUP BY f.field, f.value
HAVING CASE WHEN any_value((f.field = ?)) THEN (sum(f.views) > 0) ELSE TRUE END
UNION ALL SELECT toString(?) AS field, coalesce(y.value, '') AS value, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM daily AS f
LEFT JOIN (SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(?, ?)) AS pair)) AS y ON (y.traffic = f.traffic)
WHERE (f.field = ?)
GROUP BY coalesce(y.value, '')) AS m) AS m
WHERE (m.ranked > ?) AND (m.ranked <= ?)
ORDER BY m.field, m.ranked
-- [7 20786 20787 7 1796342400000 1793145600000 7 1796342400000 1793145600000 7 20786 20787 7 page traffic device event 20758 20787 7 page page page page traffic device event Page Engaged page device event page channel [0 1] [direct social] traffic 0 10]

-- counted, plain
WITH acts AS (SELECT coalesce(p.person, x.visitor) AS person, CASE WHEN coalesce(p.cookieless, FALSE) THEN 1 ELSE 0 END AS cookieless, x.done AS name, x.visit AS visit, x.visitor AS visitor, x.day AS day, x.path AS path, x.views AS views, x.events AS events, x.engaged AS engaged, x.matched AS matched
FROM (SELECT countIf(((e.kind = 2) OR (e.kind = 3))) AS views, countIf((e.kind = 1) AND NOT ((e.name = ?)) AND TRUE) AS events, sum(e.engaged) AS engaged, countIf(TRUE) AS matched, e.visit AS visit, e.visitor AS visitor, e.day AS day, e.path AS path, CASE WHEN (e.kind = 1) AND NOT ((e.name = ?)) THEN e.name ELSE '' END AS done
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
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM (SELECT toString(?) AS field, '' AS value, e.day AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(coalesce(sum(e.views), 0)) AS views, toInt64(coalesce(sum(e.events), 0)) AS events, toInt64(0) AS bounces, toInt64(coalesce(sum(e.engaged), 0)) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM acts AS e
GROUP BY e.day
UNION ALL SELECT toString(?) AS field, '' AS value, v.day AS traffic, toInt64(0) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(0) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day
UNION ALL SELECT toString(?) AS field, '' AS value, x.day AS traffic, toInt64(coalesce(count(*), 0)) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(coalesce(sum(x.cookieless), 0)) AS entries, toInt64(0) AS exits
FROM people AS x
GROUP BY x.day
UNION ALL SELECT toString(?) AS field, '' AS value, bitShiftRight(x.person, 5) AS traffic, toInt64(0) AS visitors, toInt64(coalesce(groupBitOr(bitShiftLeft(toInt64(1), bitAnd(x.person, 31))), 0)) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM people AS x
GROUP BY bitShiftRight(x.person, 5)
UNION ALL SELECT toString(?) AS field, e.path AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT CASE WHEN (e.views > 0) THEN e.person ELSE NULL END), 0)) AS visitors, toInt64(coalesce(countIf((e.views > 0) AND (e.visit <> 0)), 0)) AS visits, toInt64(coalesce(sum(e.views), 0)) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(coalesce(sum(e.engaged), 0)) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM acts AS e
WHERE ((e.views > 0) OR (e.engaged > 0))
GROUP BY e.day, e.path
UNION ALL SELECT toString(?) AS field, v.entry AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(coalesce(count(*), 0)) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT toString(?) AS field, v.exit AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(coalesce(count(*), 0)) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT toString(?) AS field, '' AS value, v.traffic AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT toString(?) AS field, v.device AS value, 0 AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT toString(?) AS field, e.name AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT CASE WHEN (e.events > 0) THEN e.person ELSE NULL END), 0)) AS visitors, toInt64(coalesce(count(DISTINCT CASE WHEN (e.events > 0) AND (e.visit <> 0) THEN e.visit ELSE NULL END), 0)) AS visits, toInt64(0) AS views, toInt64(coalesce(sum(e.events), 0)) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM acts AS e
WHERE (e.events > 0)
GROUP BY e.day, e.name) AS f
GROUP BY f.field, f.value, f.traffic
-- [Page Engaged Page Engaged 7 20758 20787 7 1796342400000 1793145600000 7 20758 20787 7 1796342400000 1793145600000 day day day people page page page traffic device event]

-- counted, filtered
WITH acts AS (SELECT coalesce(p.person, x.visitor) AS person, CASE WHEN coalesce(p.cookieless, FALSE) THEN 1 ELSE 0 END AS cookieless, x.done AS name, x.visit AS visit, x.visitor AS visitor, x.day AS day, x.path AS path, x.views AS views, x.events AS events, x.engaged AS engaged, x.matched AS matched
FROM (SELECT countIf(((e.kind = 2) OR (e.kind = 3))) AS views, countIf((e.kind = 1) AND NOT ((e.name = ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))) AS events, sum(e.engaged) AS engaged, countIf((e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))) AS matched, e.visit AS visit, e.visitor AS visitor, e.day AS day, e.path AS path, CASE WHEN (e.kind = 1) AND NOT ((e.name = ?)) THEN e.name ELSE '' END AS done
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND ((e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) OR (e.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))))))
GROUP BY e.visit, e.visitor, e.day, e.path, done) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)),
visited AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))))) AS x
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
SELECT f.field AS field, f.value AS value, f.traffic AS traffic, toInt64(coalesce(sum(f.visitors), 0)) AS visitors, toInt64(coalesce(sum(f.visits), 0)) AS visits, toInt64(coalesce(sum(f.views), 0)) AS views, toInt64(coalesce(sum(f.events), 0)) AS events, toInt64(coalesce(sum(f.bounces), 0)) AS bounces, toInt64(coalesce(sum(f.engaged), 0)) AS engaged, toInt64(coalesce(sum(f.duration), 0)) AS duration, toInt64(coalesce(sum(f.entries), 0)) AS entries, toInt64(coalesce(sum(f.exits), 0)) AS exits
FROM (SELECT toString(?) AS field, '' AS value, e.day AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(coalesce(sum(e.views), 0)) AS views, toInt64(coalesce(sum(e.events), 0)) AS events, toInt64(0) AS bounces, toInt64(coalesce(sum(e.engaged), 0)) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM acts AS e
GROUP BY e.day
UNION ALL SELECT toString(?) AS field, '' AS value, v.day AS traffic, toInt64(0) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(0) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day
UNION ALL SELECT toString(?) AS field, '' AS value, x.day AS traffic, toInt64(coalesce(count(*), 0)) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(coalesce(sum(x.cookieless), 0)) AS entries, toInt64(0) AS exits
FROM people AS x
GROUP BY x.day
UNION ALL SELECT toString(?) AS field, '' AS value, bitShiftRight(x.person, 5) AS traffic, toInt64(0) AS visitors, toInt64(coalesce(groupBitOr(bitShiftLeft(toInt64(1), bitAnd(x.person, 31))), 0)) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM people AS x
GROUP BY bitShiftRight(x.person, 5)
UNION ALL SELECT toString(?) AS field, e.path AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT CASE WHEN (e.views > 0) THEN e.person ELSE NULL END), 0)) AS visitors, toInt64(coalesce(countIf((e.views > 0) AND (e.visit <> 0)), 0)) AS visits, toInt64(coalesce(sum(e.views), 0)) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(coalesce(sum(e.engaged), 0)) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM acts AS e
WHERE ((e.views > 0) OR (e.engaged > 0))
GROUP BY e.day, e.path
UNION ALL SELECT toString(?) AS field, v.entry AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(coalesce(count(*), 0)) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.entry
UNION ALL SELECT toString(?) AS field, v.exit AS value, 0 AS traffic, toInt64(0) AS visitors, toInt64(0) AS visits, toInt64(0) AS views, toInt64(0) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(coalesce(count(*), 0)) AS exits
FROM kept AS v
GROUP BY v.day, v.exit
UNION ALL SELECT toString(?) AS field, '' AS value, v.traffic AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.traffic
UNION ALL SELECT toString(?) AS field, v.device AS value, 0 AS traffic, toInt64(coalesce((countIf(NOT (v.again)) + countIf(DISTINCT v.person, v.again)), 0)) AS visitors, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(sum(v.events), 0)) AS events, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces, toInt64(coalesce(sum(v.engaged), 0)) AS engaged, toInt64(coalesce(sum(v.duration), 0)) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM kept AS v
GROUP BY v.day, v.device
UNION ALL SELECT toString(?) AS field, e.name AS value, 0 AS traffic, toInt64(coalesce(count(DISTINCT CASE WHEN (e.events > 0) THEN e.person ELSE NULL END), 0)) AS visitors, toInt64(coalesce(count(DISTINCT CASE WHEN (e.events > 0) AND (e.visit <> 0) THEN e.visit ELSE NULL END), 0)) AS visits, toInt64(0) AS views, toInt64(coalesce(sum(e.events), 0)) AS events, toInt64(0) AS bounces, toInt64(0) AS engaged, toInt64(0) AS duration, toInt64(0) AS entries, toInt64(0) AS exits
FROM acts AS e
WHERE (e.events > 0)
GROUP BY e.day, e.name) AS f
GROUP BY f.field, f.value, f.traffic
-- [Page Engaged Inquiry Submitted plan plan plan plan free Inquiry Submitted plan plan plan plan free Page Engaged 7 20758 20787 /cases /料金 7 20756 20787 1 Inquiry Submitted plan plan plan plan free 7 20756 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 7 1796342400000 1793145600000 7 20758 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 7 1796342400000 1793145600000 day day day people page page page traffic device event]

-- weights, plain
SELECT r.day AS day, (r.views + r.events) AS count
FROM rollup_days AS r
WHERE r.ws = ? AND (r.day >= ?) AND (r.day <= ?)
-- [7 20758 20787]

-- weights, filtered
SELECT v.day AS day, toInt64(coalesce(sum((v.views + v.events)), 0)) AS count
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
LEFT JOIN (SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(?, ?)) AS pair)) AS y ON (y.traffic = v.traffic)
WHERE (coalesce(y.value, '') IN (?))
GROUP BY coalesce(y.value, '')
-- [7 20758 20787 7 1796342400000 1793145600000 [0 1] [ x] text]

-- visitors, filtered
WITH kept AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))))) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT coalesce(y.value, '') AS value, count(DISTINCT v.person) AS visitors
FROM kept AS v
LEFT JOIN (SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(?, ?)) AS pair)) AS y ON (y.traffic = v.traffic)
WHERE (coalesce(y.value, '') IN (?))
GROUP BY coalesce(y.value, '')
-- [7 20758 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 7 1796342400000 1793145600000 [0 1] [ x] text]

-- visitors at once, plain
SELECT toInt64(coalesce(sum(bitAnd(bitShiftRight(m.depth, ?), 1)), 0)), toInt64(coalesce(sum(bitAnd(bitShiftRight(m.depth, ?), 1)), 0))
FROM (SELECT coalesce(p.person, x.visitor) AS person, groupBitOr(x.depth) AS depth
FROM (SELECT e.visitor AS visitor, groupBitOr(bitShiftLeft(toInt64(1), indexOf(?, e.path))) AS depth
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND (indexOf(?, e.path) > 0)
GROUP BY e.visitor) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)
GROUP BY coalesce(p.person, x.visitor)) AS m
-- [1 2 [/text /] 7 20758 20787 [/text /] 7 1796342400000 1793145600000]

-- visitors at once, filtered
SELECT toInt64(coalesce(sum(bitAnd(bitShiftRight(m.depth, ?), 1)), 0)), toInt64(coalesce(sum(bitAnd(bitShiftRight(m.depth, ?), 1)), 0))
FROM (SELECT coalesce(p.person, x.visitor) AS person, groupBitOr(x.depth) AS depth
FROM (SELECT e.visitor AS visitor, groupBitOr(bitShiftLeft(toInt64(1), indexOf(?, e.path))) AS depth
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND ((e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) OR (e.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))))) AND (indexOf(?, e.path) > 0)
GROUP BY e.visitor) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor)
GROUP BY coalesce(p.person, x.visitor)) AS m
-- [1 2 [/text /] 7 20758 20787 /cases /料金 7 20756 20787 1 Inquiry Submitted plan plan plan plan free 7 20756 20789 /cases /料金 Inquiry Submitted plan plan plan plan free [/text /] 7 1796342400000 1793145600000]

-- traffic, plain
WITH kept AS (SELECT coalesce(p.person, x.visitor) AS person, x.duration AS duration, x.visit AS visit, x.day AS day, x.views AS views, x.events AS events, x.engaged AS engaged, x.bounce AS bounce, x.entry AS entry, x.exit AS exit, x.host AS host, x.device AS device, x.browser AS browser, x.os AS os, x.language AS language, x.traffic AS traffic
FROM (SELECT (v.ended - v.started) AS duration, v.visitor AS visitor, v.visit AS visit, v.day AS day, v.views AS views, v.events AS events, v.engaged AS engaged, v.bounce AS bounce, v.entry AS entry, v.exit AS exit, v.host AS host, v.device AS device, v.browser AS browser, v.os AS os, v.language AS language, v.traffic AS traffic
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '')) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT m.day AS day, m.traffic AS traffic, toInt64(coalesce(sum(m.visits), 0)) AS visits, toInt64(coalesce(sum(m.views), 0)) AS views, toInt64(coalesce(sum(m.bounces), 0)) AS bounces
FROM (SELECT f.day AS day, f.traffic AS traffic, f.visits AS visits, f.views AS views, f.bounces AS bounces
FROM rollup_fields AS f
WHERE f.ws = ? AND (f.field = ?) AND (f.day >= ?) AND (f.day <= ?) AND NOT ((f.day IN (SELECT x.day
FROM dirty AS x
WHERE x.ws = ?)))
UNION ALL SELECT v.day AS day, v.traffic AS traffic, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces
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
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))))) AS x
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND (p.visitor <> p.person) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = x.visitor))
SELECT m.day AS day, m.traffic AS traffic, toInt64(coalesce(sum(m.visits), 0)) AS visits, toInt64(coalesce(sum(m.views), 0)) AS views, toInt64(coalesce(sum(m.bounces), 0)) AS bounces
FROM (SELECT v.day AS day, v.traffic AS traffic, toInt64(coalesce(count(*), 0)) AS visits, toInt64(coalesce(sum(v.views), 0)) AS views, toInt64(coalesce(countIf(v.bounce), 0)) AS bounces
FROM kept AS v
GROUP BY v.day, v.traffic) AS m
GROUP BY m.day, m.traffic
ORDER BY day, traffic
-- [7 20786 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 7 1796342400000 1793145600000]

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
FROM (SELECT s.first AS first, s.place AS place, toInt64(coalesce(sum(s.count), 0)) AS count, count(*) AS visits, toInt64(coalesce(sum(s.followed), 0)) AS followed
FROM (SELECT coalesce(s.previous, 0) AS first, s.place AS place, count(*) AS count, count(s.previous) AS followed
FROM (SELECT x.visit AS visit, t.place AS place, lagInFrame(toNullable(t.place)) OVER (PARTITION BY x.visit ORDER BY x.happened, x.id) AS previous
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
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))))) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND ((e.kind = 2) OR (e.kind = 3)) AND (e.path = ?)))))),
mapped AS (SELECT x.path AS path, CASE WHEN (x.path = '') THEN 0 ELSE row_number() OVER ( ORDER BY x.path) END AS place
FROM (SELECT DISTINCT x.path AS path
FROM seen AS x) AS x)
SELECT coalesce(f.path, '') AS from_page, t.path AS to_page, m.count AS count, m.visits AS visits, m.followed AS followed
FROM (SELECT s.first AS first, s.place AS place, toInt64(coalesce(sum(s.count), 0)) AS count, count(*) AS visits, toInt64(coalesce(sum(s.followed), 0)) AS followed
FROM (SELECT coalesce(s.previous, 0) AS first, s.place AS place, count(*) AS count, count(s.previous) AS followed
FROM (SELECT x.visit AS visit, t.place AS place, lagInFrame(toNullable(t.place)) OVER (PARTITION BY x.visit ORDER BY x.happened, x.id) AS previous
FROM seen AS x
JOIN mapped AS t ON (t.path = x.path)) AS s
GROUP BY s.visit, coalesce(s.previous, 0), s.place) AS s
GROUP BY s.first, s.place) AS m
JOIN mapped AS t ON (t.place = m.place)
LEFT JOIN mapped AS f ON (f.place = m.first)
-- [7 20758 20789 7 20786 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 7 20758 20789 /text]

-- funnel, plain
WITH step1 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND startsWith(e.path, ?)),
step2 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND (coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))),
chain AS (SELECT c.person AS person, c.at1 AS at1, CASE WHEN NOT ((c.at1 IS NULL)) AND (s.happened <= (c.at1 + ?)) THEN s.happened ELSE NULL END AS at2
FROM (SELECT s.person AS person, s.happened AS at1
FROM step1 AS s) AS c
ASOF LEFT JOIN step2 AS s ON (c.person = s.person) AND (s.happened > c.at1)),
best AS (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2
FROM (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2, row_number() OVER (PARTITION BY c.person ORDER BY c.depth DESC, c.at1) AS ranked
FROM (SELECT c.person AS person, c.at1 AS at1, c.at2 AS at2, (1 + CASE WHEN (c.at2 IS NULL) THEN 0 ELSE 1 END) AS depth
FROM chain AS c) AS c) AS c
WHERE (c.ranked = 1))
SELECT 1 AS depth, count(*) AS people, toFloat64(NULL) AS median_gap
FROM best AS x
WHERE (x.depth >= 1)
UNION ALL SELECT 2 AS depth, count(*) AS people, toFloat64(quantileExactInclusive(0.5)((x.at2 - x.at1))) AS median_gap
FROM best AS x
WHERE (x.depth >= 2)
ORDER BY depth
-- [7 7 20786 20787 /text 7 7 20758 20789 etext textp textp textp textp text 86400000]

-- funnel, filtered
WITH step1 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))))))) AND (e.bot = '') AND ((e.kind = 2) OR (e.kind = 3)) AND startsWith(e.path, ?)),
step2 AS (SELECT p.person AS person, e.happened AS happened
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND (coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))),
chain AS (SELECT c.person AS person, c.at1 AS at1, CASE WHEN NOT ((c.at1 IS NULL)) AND (s.happened <= (c.at1 + ?)) THEN s.happened ELSE NULL END AS at2
FROM (SELECT s.person AS person, s.happened AS at1
FROM step1 AS s) AS c
ASOF LEFT JOIN step2 AS s ON (c.person = s.person) AND (s.happened > c.at1)),
best AS (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2
FROM (SELECT c.depth AS depth, c.at1 AS at1, c.at2 AS at2, row_number() OVER (PARTITION BY c.person ORDER BY c.depth DESC, c.at1) AS ranked
FROM (SELECT c.person AS person, c.at1 AS at1, c.at2 AS at2, (1 + CASE WHEN (c.at2 IS NULL) THEN 0 ELSE 1 END) AS depth
FROM chain AS c) AS c) AS c
WHERE (c.ranked = 1))
SELECT 1 AS depth, count(*) AS people, toFloat64(NULL) AS median_gap
FROM best AS x
WHERE (x.depth >= 1)
UNION ALL SELECT 2 AS depth, count(*) AS people, toFloat64(quantileExactInclusive(0.5)((x.at2 - x.at1))) AS median_gap
FROM best AS x
WHERE (x.depth >= 2)
ORDER BY depth
-- [7 7 20786 20787 7 20756 20787 1 7 20756 20789 /cases /料金 Inquiry Submitted plan plan plan plan free /text 7 7 20758 20789 etext textp textp textp textp text 86400000]

-- cohorts, plain
WITH born AS (SELECT x.person AS person, dateDiff('month', toDate32('1970-01-01'), toDate32('1970-01-01') + x.day) AS period
FROM (SELECT p.person AS person, min(v.day) AS day, argMin(v.visit, v.started) AS visit
FROM visits AS v
JOIN visitors AS p ON p.ws = ? AND (p.visitor = v.visitor)
WHERE v.ws = ? AND (v.bot = '') AND NOT (p.cookieless)
GROUP BY p.person) AS x
WHERE (x.day >= ?) AND (x.day <= ?)),
acts AS (SELECT DISTINCT p.person AS person, dateDiff('month', toDate32('1970-01-01'), toDate32('1970-01-01') + e.day) AS period
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND NOT (p.cookieless))
SELECT toInt64(x.period) AS born, toInt64(-1) AS place, count(*) AS people
FROM born AS x
GROUP BY x.period
UNION ALL SELECT toInt64(x.period) AS born, toInt64((s.period - x.period)) AS place, count(*) AS people
FROM born AS x
JOIN acts AS s ON (s.person = x.person)
WHERE ((s.period - x.period) >= 0) AND ((s.period - x.period) < ?)
GROUP BY x.period, (s.period - x.period)
ORDER BY born, place
-- [7 7 20786 20787 7 7 20758 20787 etext 6]

-- cohorts, filtered
WITH born AS (SELECT x.person AS person, dateDiff('month', toDate32('1970-01-01'), toDate32('1970-01-01') + x.day) AS period
FROM (SELECT p.person AS person, min(v.day) AS day, argMin(v.visit, v.started) AS visit
FROM visits AS v
JOIN visitors AS p ON p.ws = ? AND (p.visitor = v.visitor)
WHERE v.ws = ? AND (v.bot = '') AND NOT (p.cookieless)
GROUP BY p.person) AS x
WHERE (x.day >= ?) AND (x.day <= ?) AND (x.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)) AND (v.visit IN (SELECT e.visit
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))))))),
acts AS (SELECT DISTINCT p.person AS person, dateDiff('month', toDate32('1970-01-01'), toDate32('1970-01-01') + e.day) AS period
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind = 1) AND (e.name = ?) AND NOT (p.cookieless))
SELECT toInt64(x.period) AS born, toInt64(-1) AS place, count(*) AS people
FROM born AS x
GROUP BY x.period
UNION ALL SELECT toInt64(x.period) AS born, toInt64((s.period - x.period)) AS place, count(*) AS people
FROM born AS x
JOIN acts AS s ON (s.person = x.person)
WHERE ((s.period - x.period) >= 0) AND ((s.period - x.period) < ?)
GROUP BY x.period, (s.period - x.period)
ORDER BY born, place
-- [7 7 20786 20787 7 20786 20787 1 7 20758 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 7 7 20758 20787 etext 6]

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
SELECT toString(o.id) AS id, o.person AS person, o.happened AS happened, o.value AS value, m.started AS started, m.traffic AS traffic, m.entry AS entry, m.bot AS bot
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
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?)))))))))
ORDER BY o.happened DESC, o.id
LIMIT ?)
SELECT toString(o.id) AS id, o.person AS person, o.happened AS happened, o.value AS value, m.started AS started, m.traffic AS traffic, m.entry AS entry, m.bot AS bot
FROM ranked AS o
LEFT JOIN seen AS m ON (m.person = o.person) AND (m.started <= o.happened) AND (m.started >= (o.happened - ?))
ORDER BY o.happened DESC, o.id, m.started, m.visit
-- [7 7 20786 20787 etext 7 7 20726 20787 2592000000 7 20726 20787 1 7 20726 20789 /cases /料金 Inquiry Submitted plan plan plan plan free 100 2592000000]

-- metric, plain
WITH seen AS (SELECT coalesce(p.person, e.visitor) AS person, coalesce(p.cookieless, FALSE) AS cookieless, (e.kind = 1) AND (e.name IN (?)) AS matched, e.visit AS visit, e.day AS day, e.kind AS kind, e.name AS name, e.path AS path, e.title AS title, e.key AS key, e.engaged AS engaged, e.value AS value
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (e.kind = 1) AND (e.name IN (?)))
SELECT e.day AS day, coalesce(x.value, '') AS dim1, coalesce(v.device, '') AS dim2, toFloat64(coalesce(count(DISTINCT e.person), 0)) AS value
FROM seen AS e
LEFT JOIN visits AS v ON v.ws = ? AND (v.visit = e.visit) AND (v.day >= ?) AND (v.day <= ?)
LEFT JOIN (SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(?, ?)) AS pair)) AS x ON (x.traffic = v.traffic)
WHERE e.matched
GROUP BY e.day, coalesce(x.value, ''), coalesce(v.device, '')
ORDER BY day, dim1, dim2
-- [etext 7 1796342400000 1793145600000 7 20786 20787 etext 7 20756 20787 [0 1] [direct social]]

-- metric, filtered
WITH seen AS (SELECT coalesce(p.person, e.visitor) AS person, coalesce(p.cookieless, FALSE) AS cookieless, (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) AND (e.kind = 1) AND (e.name IN (?)) AS matched, e.visit AS visit, e.day AS day, e.kind AS kind, e.name AS name, e.path AS path, e.title AS title, e.key AS key, e.engaged AS engaged, e.value AS value
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) AND (e.kind = 1) AND (e.name IN (?)))
SELECT e.day AS day, coalesce(x.value, '') AS dim1, coalesce(v.device, '') AS dim2, toFloat64(coalesce(count(DISTINCT e.person), 0)) AS value
FROM seen AS e
LEFT JOIN visits AS v ON v.ws = ? AND (v.visit = e.visit) AND (v.day >= ?) AND (v.day <= ?)
LEFT JOIN (SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(?, ?)) AS pair)) AS x ON (x.traffic = v.traffic)
WHERE e.matched
GROUP BY e.day, coalesce(x.value, ''), coalesce(v.device, '')
ORDER BY day, dim1, dim2
-- [Inquiry Submitted plan plan plan plan free etext 7 1796342400000 1793145600000 7 20786 20787 /cases /料金 7 20756 20787 1 Inquiry Submitted plan plan plan plan free etext 7 20756 20787 [0 1] [direct social]]

-- events, plain
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, toString(e.id) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '')
ORDER BY happened DESC, e.id DESC
LIMIT ? OFFSET ?
-- [7 7 7 20786 20787 50 100]

-- events, filtered
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, toString(e.id) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?))))
ORDER BY happened DESC, e.id DESC
LIMIT ? OFFSET ?
-- [7 7 7 20786 20787 /cases /料金 Inquiry Submitted plan plan plan plan free 7 20756 20787 1 50 100]

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
SELECT concat(replaceOne(toString(fromUnixTimestamp64Milli(e.happened, 'UTC')), ' ', 'T'), 'Z') AS happened, toString(e.id) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, if(match(e.name, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.name), e.name) AS name, if(match(e.category, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.category), e.category) AS category, if(match(e.host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.host), e.host) AS host, if(match(e.path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.path), e.path) AS path, if(match(e.query, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.query), e.query) AS query, if(match(e.title, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.title), e.title) AS title, if(match(e.referrer_host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_host), e.referrer_host) AS referrer_host, if(match(e.referrer_path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_path), e.referrer_path) AS referrer_path, if(match(e.device, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.device), e.device) AS device, if(match(e.browser, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.browser), e.browser) AS browser, if(match(e.os, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.os), e.os) AS os, if(match(e.language, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.language), e.language) AS language, if(match(e.bot, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.bot), e.bot) AS bot, if(match(e.library, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.library), e.library) AS library, if(match(e.key, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.key), e.key) AS key, if(match(e.currency, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.currency), e.currency) AS currency, if(match(e.user_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.user_id), e.user_id) AS user_id, if(match(e.anonymous_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.anonymous_id), e.anonymous_id) AS anonymous_id, if(match(e.group_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.group_id), e.group_id) AS group_id, if(match(e.properties, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.properties), e.properties) AS properties, if(match(coalesce(t.source, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.source, '')), coalesce(t.source, '')) AS source, if(match(coalesce(t.medium, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.medium, '')), coalesce(t.medium, '')) AS medium, if(match(coalesce(t.campaign, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.campaign, '')), coalesce(t.campaign, '')) AS campaign, if(match(coalesce(t.term, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.term, '')), coalesce(t.term, '')) AS term, if(match(coalesce(t.content, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.content, '')), coalesce(t.content, '')) AS content, if(match(coalesce(t.click_id, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.click_id, '')), coalesce(t.click_id, '')) AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '')
-- [1 2 3 4 5 6 7 7 7 20786 20787]

-- export, filtered
SELECT concat(replaceOne(toString(fromUnixTimestamp64Milli(e.happened, 'UTC')), ' ', 'T'), 'Z') AS happened, toString(e.id) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, if(match(e.name, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.name), e.name) AS name, if(match(e.category, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.category), e.category) AS category, if(match(e.host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.host), e.host) AS host, if(match(e.path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.path), e.path) AS path, if(match(e.query, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.query), e.query) AS query, if(match(e.title, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.title), e.title) AS title, if(match(e.referrer_host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_host), e.referrer_host) AS referrer_host, if(match(e.referrer_path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_path), e.referrer_path) AS referrer_path, if(match(e.device, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.device), e.device) AS device, if(match(e.browser, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.browser), e.browser) AS browser, if(match(e.os, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.os), e.os) AS os, if(match(e.language, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.language), e.language) AS language, if(match(e.bot, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.bot), e.bot) AS bot, if(match(e.library, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.library), e.library) AS library, if(match(e.key, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.key), e.key) AS key, if(match(e.currency, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.currency), e.currency) AS currency, if(match(e.user_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.user_id), e.user_id) AS user_id, if(match(e.anonymous_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.anonymous_id), e.anonymous_id) AS anonymous_id, if(match(e.group_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.group_id), e.group_id) AS group_id, if(match(e.properties, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.properties), e.properties) AS properties, if(match(coalesce(t.source, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.source, '')), coalesce(t.source, '')) AS source, if(match(coalesce(t.medium, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.medium, '')), coalesce(t.medium, '')) AS medium, if(match(coalesce(t.campaign, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.campaign, '')), coalesce(t.campaign, '')) AS campaign, if(match(coalesce(t.term, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.term, '')), coalesce(t.term, '')) AS term, if(match(coalesce(t.content, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.content, '')), coalesce(t.content, '')) AS content, if(match(coalesce(t.click_id, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.click_id, '')), coalesce(t.click_id, '')) AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?))))
-- [1 2 3 4 5 6 7 7 7 20786 20787 /cases /料金 Inquiry Submitted plan plan plan plan free 7 20756 20787 1]

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
SELECT concat(replaceOne(toString(fromUnixTimestamp64Milli(e.happened, 'UTC')), ' ', 'T'), 'Z') AS happened, toString(e.id) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, if(match(e.name, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.name), e.name) AS name, if(match(e.category, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.category), e.category) AS category, if(match(e.host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.host), e.host) AS host, if(match(e.path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.path), e.path) AS path, if(match(e.query, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.query), e.query) AS query, if(match(e.title, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.title), e.title) AS title, if(match(e.referrer_host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_host), e.referrer_host) AS referrer_host, if(match(e.referrer_path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_path), e.referrer_path) AS referrer_path, if(match(e.device, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.device), e.device) AS device, if(match(e.browser, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.browser), e.browser) AS browser, if(match(e.os, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.os), e.os) AS os, if(match(e.language, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.language), e.language) AS language, if(match(e.bot, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.bot), e.bot) AS bot, if(match(e.library, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.library), e.library) AS library, if(match(e.key, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.key), e.key) AS key, if(match(e.currency, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.currency), e.currency) AS currency, if(match(e.user_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.user_id), e.user_id) AS user_id, if(match(e.anonymous_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.anonymous_id), e.anonymous_id) AS anonymous_id, if(match(e.group_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.group_id), e.group_id) AS group_id, if(match(e.properties, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.properties), e.properties) AS properties, if(match(coalesce(t.source, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.source, '')), coalesce(t.source, '')) AS source, if(match(coalesce(t.medium, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.medium, '')), coalesce(t.medium, '')) AS medium, if(match(coalesce(t.campaign, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.campaign, '')), coalesce(t.campaign, '')) AS campaign, if(match(coalesce(t.term, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.term, '')), coalesce(t.term, '')) AS term, if(match(coalesce(t.content, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.content, '')), coalesce(t.content, '')) AS content, if(match(coalesce(t.click_id, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.click_id, '')), coalesce(t.click_id, '')) AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.happened >= ?) AND (e.happened < ?)
ORDER BY e.happened, e.id
-- [1 2 3 4 5 6 7 7 7 20786 20787 1000 2000]

-- export piece, filtered
SELECT concat(replaceOne(toString(fromUnixTimestamp64Milli(e.happened, 'UTC')), ' ', 'T'), 'Z') AS happened, toString(e.id) AS id, CASE WHEN (e.kind = ?) THEN 'track' ELSE CASE WHEN (e.kind = ?) THEN 'page' ELSE CASE WHEN (e.kind = ?) THEN 'screen' ELSE CASE WHEN (e.kind = ?) THEN 'identify' ELSE CASE WHEN (e.kind = ?) THEN 'group' ELSE CASE WHEN (e.kind = ?) THEN 'alias' ELSE '' END END END END END END AS kind, p.person AS person, e.visit AS visit, if(match(e.name, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.name), e.name) AS name, if(match(e.category, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.category), e.category) AS category, if(match(e.host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.host), e.host) AS host, if(match(e.path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.path), e.path) AS path, if(match(e.query, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.query), e.query) AS query, if(match(e.title, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.title), e.title) AS title, if(match(e.referrer_host, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_host), e.referrer_host) AS referrer_host, if(match(e.referrer_path, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.referrer_path), e.referrer_path) AS referrer_path, if(match(e.device, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.device), e.device) AS device, if(match(e.browser, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.browser), e.browser) AS browser, if(match(e.os, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.os), e.os) AS os, if(match(e.language, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.language), e.language) AS language, if(match(e.bot, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.bot), e.bot) AS bot, if(match(e.library, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.library), e.library) AS library, if(match(e.key, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.key), e.key) AS key, if(match(e.currency, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.currency), e.currency) AS currency, if(match(e.user_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.user_id), e.user_id) AS user_id, if(match(e.anonymous_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.anonymous_id), e.anonymous_id) AS anonymous_id, if(match(e.group_id, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.group_id), e.group_id) AS group_id, if(match(e.properties, '^[=+@＝＋－＠\\t\\r-]'), concat('\'', e.properties), e.properties) AS properties, if(match(coalesce(t.source, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.source, '')), coalesce(t.source, '')) AS source, if(match(coalesce(t.medium, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.medium, '')), coalesce(t.medium, '')) AS medium, if(match(coalesce(t.campaign, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.campaign, '')), coalesce(t.campaign, '')) AS campaign, if(match(coalesce(t.term, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.term, '')), coalesce(t.term, '')) AS term, if(match(coalesce(t.content, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.content, '')), coalesce(t.content, '')) AS content, if(match(coalesce(t.click_id, ''), '^[=+@＝＋－＠\\t\\r-]'), concat('\'', coalesce(t.click_id, '')), coalesce(t.click_id, '')) AS click_id, e.engaged AS engaged, e.value AS value
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (startsWith(e.path, ?) OR startsWith(e.path, ?)) AND (e.kind = 1) AND (e.name IN (?)) AND NOT ((coalesce(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), '') IN (?))) AND (e.visit IN (SELECT v.visit
FROM visits AS v
WHERE v.ws = ? AND (v.day >= ?) AND (v.day <= ?) AND (v.bot = '') AND (v.traffic IN (?)))) AND (e.happened >= ?) AND (e.happened < ?)
ORDER BY e.happened, e.id
-- [1 2 3 4 5 6 7 7 7 20786 20787 /cases /料金 Inquiry Submitted plan plan plan plan free 7 20756 20787 1 1000 2000]

-- values, plain
SELECT m.value AS value, count(*) AS count
FROM (SELECT if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) AS value
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (e.properties <> '')) AS m
WHERE NOT ((m.value IS NULL)) AND (m.value <> '') AND startsWith(m.value, ?)
GROUP BY m.value
ORDER BY count DESC, value
LIMIT ?
-- [textp textp textp textp 7 20786 20787 text 20]

-- values, filtered
SELECT m.value AS value, count(*) AS count
FROM (SELECT if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) AS value
FROM events AS e
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND (e.kind <= 3) AND (e.properties <> '')) AS m
WHERE NOT ((m.value IS NULL)) AND (m.value <> '') AND startsWith(m.value, ?)
GROUP BY m.value
ORDER BY count DESC, value
LIMIT ?
-- [textp textp textp textp 7 20786 20787 text 20]

-- person, plain
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, toString(e.id) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND ((p.person IN (SELECT x.person
FROM visitors AS x
WHERE x.ws = ? AND (x.id IN (?)))) OR (p.person = ?))
ORDER BY happened, e.id
-- [7 7 7 7 u:text 3]

-- person, filtered
SELECT e.kind AS kind, e.name AS name, e.category AS category, e.happened AS happened, e.received AS received, e.visit AS visit, e.host AS host, e.path AS path, e.query AS query, e.title AS title, e.referrer_host AS referrer_host, e.referrer_path AS referrer_path, e.device AS device, e.browser AS browser, e.os AS os, e.language AS language, e.bot AS bot, e.library AS library, e.key AS key, e.engaged AS engaged, e.value AS value, e.currency AS currency, e.user_id AS user_id, e.anonymous_id AS anonymous_id, e.previous_id AS previous_id, e.group_id AS group_id, e.properties AS properties, toString(e.id) AS id, p.person AS person, p.id AS seen, p.cookieless AS cookieless, coalesce(t.source, '') AS source, coalesce(t.medium, '') AS medium, coalesce(t.campaign, '') AS campaign, coalesce(t.term, '') AS term, coalesce(t.content, '') AS content, coalesce(t.click_id, '') AS click_id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
LEFT JOIN traffic AS t ON t.ws = ? AND (t.traffic = e.traffic)
WHERE e.ws = ? AND ((p.person IN (SELECT x.person
FROM visitors AS x
WHERE x.ws = ? AND (x.id IN (?)))) OR (p.person = ?))
ORDER BY happened, e.id
-- [7 7 7 7 u:text 3]

-- doings, plain
SELECT ((toInt64(coalesce(p.person, e.visitor)) * 2) + toInt64(coalesce(p.cookieless, FALSE))) AS who, e.happened AS happened, toInt64((CASE WHEN (((e.kind = 2) OR (e.kind = 3)) AND startsWith(e.path, ?) OR FALSE) THEN ? ELSE 0 END + CASE WHEN ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) >= ?) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) <= ?) AND NOT (coalesce((if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')), FALSE)) AND (FALSE OR ((position(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), ?) > 0) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE) THEN ? ELSE 0 END)) AS which
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((((e.kind = 2) OR (e.kind = 3)) AND startsWith(e.path, ?) OR FALSE) OR ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) >= ?) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) <= ?) AND NOT (coalesce((if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')), FALSE)) AND (FALSE OR ((position(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), ?) > 0) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE))
-- [text 1 etext /text textk textk textk textk text textk textk n n n n 3 n n n n 1.7976931348623157e+308 n n n n text n n n n n n text n n n n 2 7 1796342400000 1793145600000 7 20786 20787 text etext /text textk textk textk textk text textk textk n n n n 3 n n n n 1.7976931348623157e+308 n n n n text n n n n n n text n n n n]

-- doings, filtered
SELECT ((toInt64(coalesce(p.person, e.visitor)) * 2) + toInt64(coalesce(p.cookieless, FALSE))) AS who, e.happened AS happened, toInt64((CASE WHEN (((e.kind = 2) OR (e.kind = 3)) AND startsWith(e.path, ?) OR FALSE) THEN ? ELSE 0 END + CASE WHEN ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) >= ?) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) <= ?) AND NOT (coalesce((if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')), FALSE)) AND (FALSE OR ((position(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), ?) > 0) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE) THEN ? ELSE 0 END)) AS which
FROM events AS e
LEFT JOIN (SELECT p.visitor AS visitor, p.person AS person, p.cookieless AS cookieless
FROM visitors AS p
WHERE p.ws = ? AND ((p.visitor <> p.person) OR p.cookieless) AND (p.first_seen < ?) AND (p.last_seen >= ?)) AS p ON (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((((e.kind = 2) OR (e.kind = 3)) AND startsWith(e.path, ?) OR FALSE) OR ((e.kind = 1) AND (e.name = ?) AND (e.path = ?) AND (if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) >= ?) AND (toFloat64OrNull(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL)) <= ?) AND NOT (coalesce((if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')), FALSE)) AND (FALSE OR ((position(if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL), ?) > 0) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE))
-- [text 1 etext /text textk textk textk textk text textk textk n n n n 3 n n n n 1.7976931348623157e+308 n n n n text n n n n n n text n n n n 2 7 1796342400000 1793145600000 7 20786 20787 text etext /text textk textk textk textk text textk textk n n n n 3 n n n n 1.7976931348623157e+308 n n n n text n n n n n n text n n n n]

-- occurred, plain
SELECT p.id AS visitor, p.cookieless AS cookieless, e.happened AS happened, toString(e.id) AS id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 1) AND (e.name = ?) AND (if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE)
ORDER BY e.happened, e.id
-- [7 7 20786 20787 etext k k k k text k k]

-- occurred, filtered
SELECT p.id AS visitor, p.cookieless AS cookieless, e.happened AS happened, toString(e.id) AS id
FROM events AS e
JOIN visitors AS p ON p.ws = ? AND (p.visitor = e.visitor)
WHERE e.ws = ? AND (e.day >= ?) AND (e.day <= ?) AND (e.bot = '') AND ((e.kind = 1) AND (e.name = ?) AND (if(JSONHas(e.properties, ?), if(JSONType(e.properties, ?) = 'String', JSONExtractString(e.properties, ?), JSONExtractRaw(e.properties, ?)), NULL) IN (?)) AND (JSONHas(e.properties, ?) AND JSONType(e.properties, ?) NOT IN ('Object', 'Array', 'Null')) OR FALSE)
ORDER BY e.happened, e.id
-- [7 7 20786 20787 etext k k k k text k k]

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
SELECT toInt64(coalesce(max(s.stamp), 0)) AS stamp
FROM person_stamps AS s
WHERE s.ws = ?
-- [7]

-- person stamp, filtered
SELECT toInt64(coalesce(max(s.stamp), 0)) AS stamp
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

