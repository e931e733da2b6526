package query

// ClickHouse is the dialect of ClickHouse 25 and later. No engine uses it yet: its text is
// held by golden files, so that every question can be asked there when it comes.
var ClickHouse Dialect = clickHouse{}

type clickHouse struct{}

func (clickHouse) among(w *writer, value Expr, list any) {
	if amongFew(w, value, list) {
		return
	}
	w.say("has(")
	w.value(list)
	w.say(", ")
	value.write(w)
	w.say(")")
}

func (clickHouse) filtered(w *writer, f filtered) {
	w.say(f.aggregate, "If(")
	if f.of != Expr(star) {
		f.of.write(w)
		w.say(", ")
	}
	f.when.write(w)
	w.say(")")
}

func (clickHouse) pairs(w *writer, p pairs) {
	w.say("(SELECT tupleElement(pair, 1) AS traffic, tupleElement(pair, 2) AS value FROM (SELECT arrayJoin(arrayZip(")
	w.value(p.keys)
	w.say(", ")
	w.value(p.values)
	w.say(")) AS pair)) AS ")
	w.name(p.alias)
}

func (clickHouse) spell(w *writer, how spelling, args []Expr) {
	switch how {
	case asInteger:
		w.form("toInt64(%0)", args)
	case asNumber:
		w.form("toFloat64(%0)", args)
	case asText:
		w.form("toString(%0)", args)
	case property:
		w.form("if(JSONHas(%0, %1), if(JSONType(%0, %1) = 'String', JSONExtractString(%0, %1), JSONExtractRaw(%0, %1)), NULL)", args)
	case isPlain:
		w.form("(JSONHas(%0, %1) AND JSONType(%0, %1) NOT IN ('Object', 'Array', 'Null'))", args)
	case holdsText:
		either{all{spell(contains, spell(property, args[0], args[1]), args[2]), spell(isPlain, args[0], args[1])}, fixed{"FALSE"}}.write(w)
	case numeric:
		w.form("toFloat64OrNull(%0)", args)
	case propertyKeys:
		w.form("arrayJoin(JSONExtractKeys(%0))", args)
	case startsWith:
		w.form("startsWith(%0, %1)", args)
	case contains:
		w.form("(position(%0, %1) > 0)", args)
	case weekOf:
		w.form("intDiv(%0 + 3, 7)", args)
	case monthOf:
		w.form("dateDiff('month', toDate32('1970-01-01'), toDate32('1970-01-01') + %0)", args)
	case median:
		w.form("quantileExactInclusive(0.5)(%0)", args)
	case before:
		w.form("lagInFrame(toNullable(%0))", args)
	case momentText:
		w.form("concat(replaceOne(toString(fromUnixTimestamp64Milli(%0, 'UTC')), ' ', 'T'), 'Z')", args)
	case harmless:
		w.form("if(match(%0, '^[=+@＝＋－＠\\\\t\\\\r-]'), concat('\\'', %0), %0)", args)
	case earliest:
		w.form("argMin(%0, %1)", args)
	case placeIn:
		w.form("indexOf(%1, %0)", args)
	case bitOf:
		w.form("groupBitOr(bitShiftLeft(toInt64(1), %0))", args)
	case joinedBits:
		w.form("groupBitOr(%0)", args)
	case bitAt:
		w.form("bitAnd(bitShiftRight(%0, %1), 1)", args)
	case blockOf:
		w.form("bitShiftRight(%0, 5)", args)
	case bitsOf:
		w.form("groupBitOr(bitShiftLeft(toInt64(1), bitAnd(%0, 31)))", args)
	case latest:
		w.form("argMax(%0, %1)", args)
	}
}
