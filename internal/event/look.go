package event

// Property is one property of an event as it is written in JSON, and whether it is there.
// Where a name comes twice the last counts, as in JavaScript.
func (e *Event) Property(key string) (raw string, ok bool) {
	if len(e.Properties) == 0 {
		return "", false
	}
	for name, value := range fields(string(e.Properties)) {
		if name == key {
			raw, ok = value, true
		}
	}
	return raw, ok
}

// PlainText is a JSON value as a text: a string without its quotes, a number, true and
// false as they are written; null, lists and objects are none.
func PlainText(raw string) (string, bool) {
	if raw == "" || raw == "null" || raw[0] == '{' || raw[0] == '[' {
		return "", false
	}
	if raw[0] == '"' {
		return unquote(raw), true
	}
	return raw, true
}
