package collect_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/event"
	"github.com/shirube/shirube/internal/measure/collect"
)

type nowhere struct{}

func (nowhere) Accept(context.Context, []event.Event) error { return nil }

// BenchmarkReceive is what the door itself costs, without network and inbox.
func BenchmarkReceive(b *testing.B) {
	item := func(n int) string {
		return fmt.Sprintf(`{"timestamp":"2026-11-22T01:02:03.456Z","integrations":{},"userId":null,"anonymousId":"0d4b3c7e-6a1f-4c60-9d2f-%012d","event":"Inquiry Submitted","type":"track","properties":{"form":"contact"},"context":{"page":{"path":"/contact","referrer":"https://www.google.com/","search":"?utm_source=x","title":"お問い合わせ","url":"https://example.jp/contact?utm_source=x"},"userAgent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15","locale":"ja-JP"},"messageId":"ajs-next-1763773323456-%012d"}`, n, n)
	}
	items := make([]string, 100)
	for i := range items {
		items[i] = item(i)
	}
	handler := collect.New(collect.Options{Inbox: nowhere{}, Keys: keys(), Now: func() time.Time { return received }})
	for _, c := range []struct {
		path, body string
		events     int
	}{{"/v1/t", items[0], 1}, {"/v1/b", `{"batch":[` + strings.Join(items, ",") + `]}`, 100}} {
		b.Run(fmt.Sprint(c.events), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				request := httptest.NewRequest(http.MethodPost, c.path, strings.NewReader(c.body))
				request.Header.Set("Authorization", basic("browser-key:"))
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, request)
				if answer.Code != http.StatusOK {
					b.Fatal(answer.Body.String())
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*c.events), "ns/event")
		})
	}
}
