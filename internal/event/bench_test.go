package event

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// browserItem is an event of the size and shape that the browser's SDK sends.
func browserItem(n int) string {
	return fmt.Sprintf(`{"timestamp":"2026-11-22T01:02:03.456Z","integrations":{},"userId":null,"anonymousId":"0d4b3c7e-6a1f-4c60-9d2f-%012d","event":"Inquiry Submitted","type":"track","properties":{"form":"contact","plan":"pro","value":1200,"currency":"JPY"},"context":{"page":{"path":"/contact","referrer":"https://www.google.com/","search":"?utm_source=x&utm_medium=social&utm_campaign=autumn","title":"お問い合わせ","url":"https://example.jp/contact?utm_source=x&utm_medium=social&utm_campaign=autumn"},"userAgent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15","locale":"ja-JP","library":{"name":"analytics.js","version":"npm:next-1.84.3"},"timezone":"Asia/Tokyo"},"messageId":"ajs-next-1763773323456-%012d"}`, n, n)
}

func serverItem(n int) string {
	return fmt.Sprintf(`{"anonymousId":"visitor-%d","event":"Viewed","type":"track","properties":{"path":"/p/%d","url":"https://example.jp/p/%d","n":%d},"context":{"page":{"url":"https://example.jp/p/%d","title":"p"}},"timestamp":"2026-11-22T01:02:03.456Z","messageId":"m-%012d"}`, n%100, n%50, n%50, n, n%50, n)
}

func batchOf(size int, item func(int) string) []byte {
	items := make([]string, size)
	for i := range items {
		items[i] = item(i)
	}
	return []byte(`{"batch":[` + strings.Join(items, ",") + `],"sentAt":"2026-11-22T01:02:04.000Z","writeKey":"wk"}`)
}

var benchRequest = Request{Workspace: "w", Key: "k", ReceivedAt: 1795309324100}

func BenchmarkDecode(b *testing.B) {
	for _, c := range []struct {
		name   string
		body   []byte
		events int
	}{
		{"browser one", []byte(browserItem(1)), 1},
		{"browser batch 100", batchOf(100, browserItem), 100},
		{"server batch 100", batchOf(100, serverItem), 100},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.body)))
			b.ReportAllocs()
			for b.Loop() {
				envelope, err := Decode(c.body, benchRequest)
				if err != nil || len(envelope.Events) != c.events {
					b.Fatal(err, envelope.Refused)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*c.events), "ns/event")
		})
	}
}

func BenchmarkCodec(b *testing.B) {
	envelope, _ := Decode(batchOf(100, browserItem), benchRequest)
	payload := Encode(envelope.Events)
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			payload = AppendEncode(payload[:0], envelope.Events)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*100), "ns/event")
		b.ReportMetric(float64(len(payload))/100, "B/event")
	})
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := DecodeBatch(payload); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*100), "ns/event")
	})
}

func BenchmarkValid(b *testing.B) {
	body := batchOf(100, browserItem)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if !valid(bytes.TrimSpace(body)) {
			b.Fatal("not valid")
		}
	}
}
