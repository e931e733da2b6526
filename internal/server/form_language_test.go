package server

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

const englishWords = "I would like to get “Hiring news” from Shirube by mail."

// inBoth is the newsletter form, in English as well.
func inBoth() object {
	both := maps.Clone(newsletterForm)
	both["other"] = object{
		"title":     "Hiring news",
		"questions": object{"mail": object{"label": "Mail address"}, "size": object{"label": "People", "options": object{"1〜9名": "1 to 9", "10名以上": "10 and more"}}},
		"consent":   object{"text": englishWords},
	}
	both["questions"] = append(both["questions"].([]any), object{"key": "size", "kind": "one", "label": "人数", "options": []string{"1〜9名", "10名以上"}, "counted": true})
	return both
}

// Somebody who reads the form in English is asked, thanked and written to in English; the
// record keeps the English words, and the answer counts with the Japanese ones.
func TestAFormInTwoLanguages(t *testing.T) {
	r, now, inbox, id, _ := newsletter(t)
	base := "/api/workspaces/web"
	works := sendersBody(inbox, "transactional")
	works["settings"].(object)["relay"] = true
	r.must(200, "POST", base+"/act/mail/senders", works)

	unfinished := inBoth()
	unfinished["other"] = object{"title": "Hiring news"}
	if a := r.do("PUT", base+"/forms/"+id, object{"name": "たより", "definition": unfinished, "base_version": 1}); a.status != 422 || !strings.Contains(a.text, "other.questions.mail.label") || !strings.Contains(a.text, "other.consent.text") {
		t.Fatalf("half of it in English was kept: %d %s", a.status, a.text)
	}
	r.must(200, "PUT", base+"/forms/"+id, object{"name": "たより", "definition": inBoth(), "base_version": 1})
	r.must(200, "PUT", base+"/forms/"+id+"/open", object{"open": true})

	for name, example := range map[string]struct{ address, accept, lang string }{
		"asked":         {"?lang=en", "ja", "en"},
		"the website":   {"?in=frame&site_lang=en-GB", "ja", "en"},
		"the browser":   {"", "en-US,en;q=0.9", "en"},
		"its own":       {"", "ja,en;q=0.5", "ja"},
		"nothing known": {"", "", "ja"},
	} {
		page := r.do("GET", "/f/"+id+example.address, nil, "Accept-Language", example.accept)
		title := map[string]string{"ja": "採用だより", "en": "Hiring news"}[example.lang]
		if page.status != 200 || !strings.Contains(page.text, `<html lang="`+example.lang+`">`) || !strings.Contains(page.text, "<h1>"+title+"</h1>") || page.header.Get("Content-Language") != example.lang {
			t.Errorf("%s: %d %s", name, page.status, page.text)
		}
	}

	page := r.do("GET", "/f/"+id+"?lang=en&page=https://www.example.jp/en/", nil)
	for _, want := range []string{englishWords, `value="1〜9名"`, "<span>1 to 9</span>", ">日本語</a>", "lang=ja", ">Subscribe</button>"} {
		if !strings.Contains(page.text, want) {
			t.Errorf("%q is not on the page: %s", want, page.text)
		}
	}
	values := url.Values{"token": {tokenShape.FindStringSubmatch(page.text)[1]}, "mail": {"ann@example.jp"}, "size": {"1〜9名"}, "visitor": {""}, "page": {""}}
	// What is wrong is said in the language of the page, whatever the browser asks for now.
	refused := r.fill(now, id, values, time.Minute, "Accept-Language", "ja")
	if refused.status != 422 || !strings.Contains(refused.text, "please tick the box") || !strings.Contains(refused.text, englishWords) || strings.Contains(refused.text, ">日本語</a>") {
		t.Fatalf("%d %s", refused.status, refused.text)
	}
	values.Set("token", tokenShape.FindStringSubmatch(refused.text)[1])
	values.Set("consent", "yes")
	done := r.fill(now, id, values, time.Minute, "Accept-Language", "ja")
	if done.status != 200 || !strings.Contains(done.text, "One more step") {
		t.Fatalf("%d %s", done.status, done.text)
	}
	r.wantAt(r.get(base+"/forms/"+id+"/submissions"), "en", "submissions", 0, "lang")
	r.wantAt(r.get(base+"/forms/"+id+"/submissions"), "1〜9名", "submissions", 0, "answers", "size", 0)

	ws, err := r.db.Workspaces.BySlug(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	said, err := r.db.Consents.Of(t.Context(), ws.ID, []string{"ann@example.jp"})
	if err != nil || len(said["ann@example.jp"]) != 1 {
		t.Fatalf("%+v %v", said, err)
	}
	if c := said["ann@example.jp"][0]; c.Text != englishWords || c.Lang != "en" || c.FormVersion != 2 {
		t.Errorf("on record: %+v", c)
	}
	wait(t, func() bool { return inbox.Taken.Load() == 1 })
	letter := inbox.Mails()[0].Data
	text := textOf(t, letter)
	if !strings.Contains(text, "Thank you for signing up") || !strings.Contains(text, englishWords) || strings.ContainsAny(text, "登録確") {
		t.Errorf("the mail: %s", text)
	}
	link := confirmLink.FindStringSubmatch(text)
	asks := r.do("GET", link[1], nil, "Accept-Language", "ja")
	if !strings.Contains(asks.text, "Sign up?") || !strings.Contains(asks.text, `lang="en"`) {
		t.Errorf("the page it leads to: %s", asks.text)
	}
	now.wait(time.Second)
	if a := r.do("POST", link[1], "", "Content-Type", "application/x-www-form-urlencoded"); a.status != 200 || !strings.Contains(a.text, "You are signed up") {
		t.Errorf("%d %s", a.status, a.text)
	}
}

// A page of an earlier version that is refused stays that version: the record must say the
// words that were read, not those the form has got meanwhile.
func TestARefusedPageStaysItsVersion(t *testing.T) {
	r, now, id := newFormRig(t)
	page := r.do("GET", "/f/"+id, nil)
	changed := maps.Clone(inquiryForm)
	changed["consent"] = object{"text": "別の会社からのご案内メールを受け取ります。"}
	r.must(200, "PUT", "/api/workspaces/web/forms/"+id, object{"name": "x", "definition": changed, "base_version": 1})
	values := url.Values{"token": {tokenShape.FindStringSubmatch(page.text)[1]}, "mail": {"ann"}, "consent": {"yes"}}
	refused := r.fill(now, id, values, time.Minute)
	if refused.status != 422 || !strings.Contains(refused.text, "案内メールを受け取ります。") || strings.Contains(refused.text, "別の会社") {
		t.Fatalf("%d %s", refused.status, refused.text)
	}
	values.Set("token", tokenShape.FindStringSubmatch(refused.text)[1])
	values.Set("mail", "ann@example.jp")
	if a := r.fill(now, id, values, time.Minute); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.text)
	}
	ws, err := r.db.Workspaces.BySlug(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	said, err := r.db.Consents.Of(t.Context(), ws.ID, []string{"ann@example.jp"})
	if err != nil || len(said["ann@example.jp"]) != 1 || said["ann@example.jp"][0].Text != "案内メールを受け取ります。" || said["ann@example.jp"][0].FormVersion != 1 {
		t.Errorf("%+v %v", said, err)
	}
}

// A submission that a person releases later is recorded in the language it was read in.
func TestALateRecordKeepsItsLanguage(t *testing.T) {
	r, now, id := newFormRig(t)
	both := maps.Clone(inquiryForm)
	both["other"] = object{
		"title": "Contact us", "consent": object{"text": englishWords},
		"questions": object{"mail": object{"label": "Mail"}, "body": object{"label": "Text"}, "score": object{"label": "Score"},
			"about": object{"label": "About", "options": object{"料金": "Prices", "導入": "Setting up"}}},
	}
	r.must(200, "PUT", "/api/workspaces/web/forms/"+id, object{"name": "x", "definition": both, "base_version": 1})
	ws, err := r.db.Workspaces.BySlug(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := r.db.Submissions.Add(t.Context(), ws.ID, store.Submission{Form: store.FormID(id), Version: 2, Lang: "en", State: store.SubmissionAccepted,
		Answers: map[string][]string{"mail": {"ann@example.jp"}}, Signs: []string{}, Agreed: true, Address: "ann@example.jp"})
	if err != nil {
		t.Fatal(err)
	}
	now.wait(time.Minute)
	if err := r.server.finishLeft(t.Context(), now.now()); err != nil {
		t.Fatal(err)
	}
	said, err := r.db.Consents.Of(t.Context(), ws.ID, []string{"ann@example.jp"})
	if err != nil || len(said["ann@example.jp"]) != 1 || said["ann@example.jp"][0].Text != englishWords || said["ann@example.jp"][0].Lang != "en" {
		t.Errorf("%+v %v of %s", said, err, kept.ID)
	}
	csv := r.do("GET", "/api/workspaces/web/forms/"+id+"/export", nil)
	if !strings.Contains(csv.text, "読んだ言語") || !strings.Contains(csv.text, ",en,") {
		t.Errorf("%s", csv.text)
	}
}

// Pages that were shown before forms had two languages can still be sent in.
func TestTokensOfBothAges(t *testing.T) {
	secret, at := []byte("0123456789abcdef0123456789abcdef"), testNow
	for _, lang := range []words.Lang{"", words.JA, words.EN} {
		for _, version := range []int{1, 2, 70_000} {
			token, err := newFormToken(strings.NewReader(strings.Repeat("x", 12)), secret, version, lang, at)
			if err != nil {
				t.Fatal(err)
			}
			page, signed := readFormToken(secret, token)
			if !signed || page.version != version || page.lang != lang || !page.shown.Equal(at) {
				t.Errorf("%+v %v", page, signed)
			}
			if _, signed := readFormToken([]byte("another"), token); signed {
				t.Error("another form's page was taken")
			}
		}
	}
}

func TestPreviewInEitherLanguage(t *testing.T) {
	r, _, _ := newFormRig(t)
	for lang, want := range map[string]string{"": "採用だより", "ja": "採用だより", "en": "Hiring news"} {
		a := r.do("POST", "/api/workspaces/web/forms/preview?read="+lang, inBoth())
		var drawn FormPreview
		if err := json.Unmarshal([]byte(a.text), &drawn); err != nil || a.status != 200 {
			t.Fatal(a.status, err, a.text)
		}
		if !strings.Contains(drawn.Form, want) || drawn.Mail == nil || !strings.Contains(drawn.Mail.Subject, want) {
			t.Errorf("%q: %v", lang, fmt.Sprint(drawn))
		}
	}
}
