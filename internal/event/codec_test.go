package event

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func drawEvent(t *rapid.T) Event {
	word := rapid.SampledFrom([]string{"", "a", "/お問い合わせ", "Inquiry Submitted", "\x00\xff"})
	e := Event{
		Kind:       Kind(rapid.Byte().Draw(t, "kind")),
		MessageID:  rapid.String().Draw(t, "id"),
		Cookieless: rapid.Bool().Draw(t, "cookieless"),
		At:         Millis(rapid.Int64().Draw(t, "at")),
		ReceivedAt: Millis(rapid.Int64().Draw(t, "received")),
		Value:      rapid.Float64().Draw(t, "value"),
	}
	for _, text := range e.shared() {
		*text = word.Draw(t, "text")
	}
	e.EngagedMillis = rapid.Int64().Draw(t, "engaged")
	if rapid.Bool().Draw(t, "has properties") {
		e.Properties = []byte(rapid.String().Draw(t, "properties"))
	}
	return e
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(drawEvent), 0, 20).Draw(t, "events")
		got, err := DecodeBatch(Encode(events))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(events) {
			t.Fatalf("%d events of %d", len(got), len(events))
		}
		for i := range got {
			if diff := cmp.Diff(events[i], got[i]); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// Every field of an event must survive; a field added and forgotten in the codec fails here.
func TestNoFieldIsForgotten(t *testing.T) {
	full := fullEvent()
	got, err := DecodeBatch(Encode([]Event{full, full}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Event{full, full}, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestAChangedBitIsFound(t *testing.T) {
	payload := Encode([]Event{fullEvent(), fullEvent()})
	for i := range payload {
		for bit := range 8 {
			changed := bytes.Clone(payload)
			changed[i] ^= 1 << bit
			if _, err := DecodeBatch(changed); !errors.Is(err, ErrCorrupt) {
				t.Fatalf("byte %d bit %d: %v", i, bit, err)
			}
		}
	}
	for n := range payload {
		if _, err := DecodeBatch(payload[:n]); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

func FuzzDecodeBatch(f *testing.F) {
	f.Add(Encode(nil)[codecHeader:])
	f.Add(Encode([]Event{fullEvent(), fullEvent()})[codecHeader:])
	f.Fuzz(func(t *testing.T, body []byte) {
		events, err := DecodeBatch(sealed(body))
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		again, err := DecodeBatch(Encode(events))
		if err != nil || len(again) != len(events) {
			t.Fatalf("%d events became %d: %v", len(events), len(again), err)
		}
	})
}
