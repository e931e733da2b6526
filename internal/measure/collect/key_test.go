package collect

import (
	"net/http/httptest"
	"testing"
)

// A key in an address is found wherever it stands, and as it was meant.
func TestTheKeyInAnAddress(t *testing.T) {
	for query, want := range map[string]string{
		"": "", "writeKey=wk": "wk", "a=b&writeKey=wk&c": "wk", "writeKey=w%6B": "wk", "writeKey=%zz&writeKey=wk": "wk",
		"WriteKey=wk": "", "xwriteKey=wk": "", "writeKey": "", "writeKey=&a=b": "",
	} {
		request := httptest.NewRequest("POST", "/v1/track", nil)
		request.URL.RawQuery = query
		if got, _ := headerKey(request); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}
