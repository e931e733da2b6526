package event

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// fullEvent has something else in every field.
func fullEvent() Event {
	var e Event
	fill(reflect.ValueOf(&e).Elem(), new(int))
	return e
}

func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.String:
		v.SetString("text " + strconv.Itoa(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	case reflect.Uint8:
		v.SetUint(uint64(*n))
	case reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Slice:
		v.SetBytes([]byte(`{"n":` + strconv.Itoa(*n) + `}`))
	default:
		panic("fullEvent cannot fill a " + v.Kind().String())
	}
}

// sealed puts version and checksum before the body of a batch.
func sealed(body []byte) []byte {
	payload := append([]byte{codecVersion, 0, 0, 0, 0}, body...)
	binary.LittleEndian.PutUint32(payload[1:], crc32.Checksum(body, castagnoli))
	return payload
}

// checkEvent holds an accepted event to everything others rely on.
func checkEvent(t testing.TB, e Event) {
	t.Helper()
	if e.Visitor == "" || e.MessageID == "" || len(e.MessageID) > MaxMessageID || e.Kind == 0 {
		t.Fatalf("incomplete: %+v", e)
	}
	if e.At > e.ReceivedAt || e.At < oldestMoment {
		t.Fatalf("at %d, received %d", e.At, e.ReceivedAt)
	}
	for _, text := range e.shared() {
		if !utf8.ValidString(*text) || strings.ContainsRune(*text, 0) || len(*text) > maxPath {
			t.Fatalf("a database would not take %q", *text)
		}
	}
	if e.Properties != nil {
		var all map[string]any
		if err := json.Unmarshal(e.Properties, &all); err != nil {
			t.Fatalf("properties %q: %v", e.Properties, err)
		}
	}
}
