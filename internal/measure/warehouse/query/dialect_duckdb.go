package query

import "strings"

// DuckDB is the dialect of DuckDB 1.5.
var DuckDB Dialect = duckDB{}

type duckDB struct{}

func (duckDB) among(w *writer, value Expr, list any) {
	if amongFew(w, value, list) {
		return
	}
	w.say("(")
	value.write(w)
	w.say(" IN (SELECT unnest(")
	w.value(list)
	w.say(")))")
}

func (duckDB) filtered(w *writer, f filtered) {
	w.say(f.aggregate, "(")
	f.of.write(w)
	w.say(") FILTER (WHERE ")
	f.when.write(w)
	w.say(")")
}

func (duckDB) pairs(w *writer, p pairs) {
	w.say("(SELECT unnest(")
	w.value(p.keys)
	w.say("::UINTEGER[]) AS traffic, unnest(")
	w.value(p.values)
	w.say("::VARCHAR[]) AS value) AS ")
	w.name(p.alias)
}

func (duckDB) spell(w *writer, how spelling, args []Expr) {
	switch how {
	case asInteger:
		w.form("CAST(%0 AS BIGINT)", args)
	case asNumber:
		w.form("CAST(%0 AS DOUBLE)", args)
	case asText:
		w.form("CAST(%0 AS VARCHAR)", args)
	case property:
		// A pointer, not a path: a path would give dots, quotes and stars in a key a meaning.
		w.form("json_extract_string(nullif(%0, ''), %1)", []Expr{args[0], pointerOf(args[1])})
	case isPlain:
		w.form("coalesce(json_type(nullif(%0, ''), %1) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE)", []Expr{args[0], pointerOf(args[1])})
	case holdsText:
		// Reading properties is what costs: once, and only where the part is anywhere in them.
		// Without escapes a text stands in them as it is, between quotes that the part must not
		// have. The same words for every text: a statement never follows from what is asked.
		w.form(`CASE WHEN contains(%0, '\') OR contains(%2, '"') THEN coalesce(contains(json_extract_string(nullif(%0, ''), %1), %2), FALSE) AND coalesce(json_type(nullif(%0, ''), %1) NOT IN ('OBJECT', 'ARRAY', 'NULL'), FALSE)`+
			` WHEN %0 = '' OR NOT contains(%0, %2) THEN FALSE ELSE coalesce(contains(json_value(%0, %1), %2), FALSE) END`,
			[]Expr{args[0], pointerOf(args[1]), args[2]})
	case numeric:
		w.form("TRY_CAST(%0 AS DOUBLE)", args)
	case propertyKeys:
		w.form("unnest(json_keys(nullif(%0, '')))", args)
	case startsWith:
		w.form("starts_with(%0, %1)", args)
	case contains:
		w.form("contains(%0, %1)", args)
	case weekOf:
		w.form("((%0 + 3) // 7)", args)
	case monthOf:
		w.form("date_diff('month', DATE '1970-01-01', DATE '1970-01-01' + %0)", args)
	case median:
		w.form("median(%0)", args)
	case before:
		w.form("lag(%0)", args)
	case momentText:
		w.form("strftime(make_timestamp(%0 * 1000), '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ')", args)
	case harmless:
		// Looked up in a text: a pattern costs ten times as much, and a list of numbers is
		// planned as a join for every column. Japanese spreadsheets run what begins with
		// the wide letters, too.
		w.form("CASE WHEN %0 <> '' AND contains('=+-@＝＋－＠' || chr(9) || chr(13), left(%0, 1)) THEN '''' || %0 ELSE %0 END", args)
	case earliest:
		w.form("arg_min(%0, %1)", args)
	case placeIn:
		w.form("coalesce(list_position(CAST(%1 AS VARCHAR[]), %0), 0)", args)
	case bitOf:
		w.form("bit_or(CAST(1 AS BIGINT) << CAST(%0 AS BIGINT))", args)
	case joinedBits:
		w.form("bit_or(%0)", args)
	case bitAt:
		w.form("((%0 >> CAST(%1 AS BIGINT)) & 1)", args)
	case blockOf:
		w.form("(%0 >> 5)", args)
	case bitsOf:
		w.form("bit_or(CAST(1 AS BIGINT) << CAST(%0 & 31 AS BIGINT))", args)
	case latest:
		w.form("arg_max(%0, %1)", args)
	}
}

// pointerOf makes a JSON pointer of a key, as RFC 6901 escapes it.
func pointerOf(key Expr) Expr {
	given, ok := key.(param)
	if !ok {
		return key
	}
	text, _ := given.value.(string)
	return param{"/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(text)}
}
