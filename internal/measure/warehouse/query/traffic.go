package query

// TrafficDays are the numbers of each way in on each day: columns day, traffic, visits,
// views, bounces. s.Days are the days that roll-ups do not know.
func TrafficDays(d Dialect, s Scope) (Statement, error) {
	body, err := s.trafficDays()
	return compiled(d, s, body, err)
}

func (s Scope) trafficDays() (*Select, error) {
	names := []word{"visits", "views", "bounces"}
	var union *Select
	if Plain(s.Scope) {
		whole := s
		whole.Days = nil
		union = &Select{
			Columns: []Column{column(col{"f", "day"}, "day"), column(col{"f", "traffic"}, "traffic")},
			From:    rollupFields,
			Where:   concat([]Expr{eq(col{"f", "field"}, param{string(fieldTraffic)})}, whole.span(col{"f", "day"}), []Expr{clean(col{"f", "day"})}),
		}
		for _, name := range names {
			union.Columns = append(union.Columns, column(col{"f", name}, name))
		}
	}
	out := &Select{Columns: []Column{column(col{"m", "day"}, "day"), column(col{"m", "traffic"}, "traffic")}}
	if union == nil || len(s.Days) > 0 {
		p, err := s.population(s.Filters)
		if err != nil {
			return nil, err
		}
		out.With = []Common{{"kept", p.kept()}}
		raw := &Select{
			Columns: append([]Column{column(keptVisit("day"), "day"), column(keptVisit("traffic"), "traffic")},
				lined(names, []Column{{count(), "visits"}, {sum(keptVisit("views")), "views"}, {countIf(keptVisit("bounce")), "bounces"}})...),
			From:  kept,
			Group: []Expr{keptVisit("day"), keptVisit("traffic")},
		}
		if union == nil {
			union = raw
		} else {
			union.Also = []*Select{raw}
		}
	}
	out.From = nested{union, "m"}
	out.Group = []Expr{col{"m", "day"}, col{"m", "traffic"}}
	for _, name := range names {
		out.Columns = append(out.Columns, column(wholeSum(col{"m", name}), name))
	}
	out.Order = []Order{{By: named("day")}, {By: named("traffic")}}
	return out, nil
}

// Ways is the dictionary of traffic: columns traffic, source, medium, campaign, term,
// content, click_id, referrer_host, of the entries from a number on.
func Ways(d Dialect, key int32, from uint32) (Statement, error) {
	out := &Select{From: trafficTable, Where: []Expr{op(ofTraffic("traffic"), ">=", param{from})}, Order: []Order{{By: ofTraffic("traffic")}}}
	for _, name := range []word{"traffic", "source", "medium", "campaign", "term", "content", "click_id", "referrer_host"} {
		out.Columns = append(out.Columns, column(ofTraffic(name), name))
	}
	return Compile(d, key, out)
}

// Merged are the visitors that turned out to be somebody else, ascending: columns visitor,
// person.
func Merged(d Dialect, key int32) (Statement, error) {
	return Compile(d, key, &Select{
		Columns: []Column{column(ofPerson("visitor"), "visitor"), column(ofPerson("person"), "person")},
		From:    visitors,
		Where:   []Expr{isMerged},
		Order:   []Order{{By: named("visitor")}},
	})
}

// PersonStamp is a number that is another one after visitors turned out to be one, or were
// deleted, so that Merged's answer need not be read again before: column stamp.
func PersonStamp(d Dialect, key int32) (Statement, error) {
	return Compile(d, key, &Select{
		Columns: []Column{column(spell(asInteger, fn("coalesce", fn("max", col{"s", "stamp"}), zero)), "stamp")},
		From:    personStamps,
	})
}

var isMerged = op(ofPerson("visitor"), "<>", ofPerson("person"))
