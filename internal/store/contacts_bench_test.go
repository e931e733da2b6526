package store_test

import (
	"fmt"
	"testing"

	"github.com/shirube/shirube/internal/act/contact"
	"github.com/shirube/shirube/internal/event"
)

// BenchmarkContacts100k brings 100,000 people in, in parts as an import does: first as new
// ones, then the same again.
func BenchmarkContacts100k(b *testing.B) {
	list := make([]contact.Sighting, 100_000)
	for i := range list {
		list[i] = contact.Sighting{At: event.Millis(i + 1), Address: fmt.Sprintf("person%d@company%d.co.jp", i, i%20_000), Name: fmt.Sprintf("田中 %d", i),
			Tags: []string{"展示会"}, Properties: map[string]contact.Value{"company": contact.TextValue(fmt.Sprintf("会社%d", i%20_000)), "size": contact.NumberValue(float64(i % 500))}}
	}
	for name, opener := range engines {
		b.Run(name, func(b *testing.B) {
			db, ws := open(b, opener)
			for b.Loop() {
				for from := 0; from < len(list); from += 5000 {
					if _, err := db.Contacts.Upsert(b.Context(), ws, list[from:from+5000]); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
