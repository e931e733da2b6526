package alert

import (
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/internal/goal"
	"github.com/shirube/shirube/internal/insight"
	"github.com/shirube/shirube/internal/series"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// TestMarksSayWhatHappened: one that is reached is told as clearly as one that is missed.
func TestMarksSayWhatHappened(t *testing.T) {
	t.Parallel()
	by := series.Date(2026, 10, 31)
	month := series.Span{From: series.Date(2026, 10, 1), To: by}
	for _, c := range []struct {
		mark   Mark
		good   bool
		ja, en string
	}{
		{Mark{By: by, Value: 34.6, Got: 38}, true, "「応募」は38件で、節目(10月31日)の35件に届きました。", "“応募” came to 38件 and reached the milestone of Oct 31, 35件."},
		{Mark{By: by, Value: 35, Got: 30}, false, "「応募」は30件で、節目(10月31日)の35件に5件届きませんでした。", "“応募” came to 30件 and missed the milestone of Oct 31, 35件, by 5件."},
		{Mark{By: by, Value: 100, Got: 100, Target: true}, true, "「応募」は100件で、目標(10月31日)の100件に届きました。", "“応募” came to 100件 and reached the target of Oct 31, 100件."},
		{Mark{By: by, Value: 100, Got: 104, Target: true, Early: true}, true, "「応募」が104件になり、10月31日の期限より早く目標の100件に届きました。", "“応募” is at 104件: its target of 100件 is reached ahead of Oct 31."},
		{Mark{By: by, Value: 8, Got: 9, Target: true, Period: &month}, true, "「応募」は9件で、目標(10月1日〜10月31日)の8件に届きました。", "“応募” came to 9件 and reached the target for Oct 1 to Oct 31, 8件."},
		{Mark{By: by, Value: 20, Got: 26, Direction: goal.Down}, false, "「応募」は26件で、節目(10月31日)の20件を6件超えました。", "“応募” came to 26件, over the milestone of Oct 31, 20件, by 6件."},
		{Mark{By: by, Value: 0.3, Got: 0.1 + 0.2}, true, "「応募」は0.30件で、節目(10月31日)の0.30件に届きました。", "“応募” came to 0.30件 and reached the milestone of Oct 31, 0.30件."},
	} {
		c.mark.Indicator, c.mark.Name, c.mark.Unit = "apps", "応募", "件"
		got := c.mark.Cause()
		if got.Good != c.good || got.What.JA != c.ja || got.What.EN != c.en || got.Do.Zero() {
			t.Errorf("%+v:\n%v %s\n%s", c.mark, got.Good, got.What.JA, got.What.EN)
		}
	}
	// What was reached early is not told again on its day.
	early, day := Mark{Indicator: "a", By: by, Value: 100, Got: 104, Target: true, Early: true}, Mark{Indicator: "a", By: by, Value: 100, Got: 130, Target: true}
	if early.Cause().Key != day.Cause().Key {
		t.Errorf("%s and %s", early.Cause().Key, day.Cause().Key)
	}
}

func TestALetter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 9, 9, 8, 0, 0, 0, tokyo)
	s := Usual()
	causes := s.Waiting([]Lead{{"a", now.Add(-25 * time.Hour)}, {"b", now.Add(-50 * time.Hour)}, {"c", now.Add(-23 * time.Hour)}}, now)
	causes = append(causes, s.Unanswered([]OpenQuestion{{"1", "応募率", "鈴木 亮", now.AddDate(0, 0, -3), "/q"}, {"2", "訪問", "山本", now.AddDate(0, 0, -1), "/q"}}, now)...)
	causes = append(causes, Reviews([]DueReview{{"r", "9月の点検", series.Date(2026, 9, 9), "/r"}, {"s", "8月の点検", series.Date(2026, 8, 9), "/r"}, {"t", "10月の点検", series.Date(2026, 10, 9), "/r"}}, series.Date(2026, 9, 9))...)
	for _, name := range []string{"X", "Instagram", "YouTube", "電話"} {
		causes = append(causes, Cause{Key: "stale-data:" + name, Kind: Stale, What: words.T("止まった", "Stopped"), Name: words.T("%s", "%s", name)})
	}
	causes = append(causes, Failing([]Fetching{{ID: "c", Name: "GA4", Since: now.AddDate(0, 0, -2), Failures: 5}, {ID: "d", Name: "先ほど", Since: now, Failures: 9}}, now)...)
	causes = append(causes, Mark{Indicator: "a", Name: "応募", Unit: "件", By: series.Date(2026, 8, 31), Value: 35, Got: 38}.Cause())
	letter := Compose(causes)
	var ja, en []string
	for _, line := range letter.Lines {
		ja, en = append(ja, line.What.JA), append(en, line.What.EN)
	}
	const wantJA = `「応募」は38件で、節目(8月31日)の35件に届きました。
5件のデータが止まっています(GA4、Instagram、X、ほか2)。
話すとよい方が2人、待っています。
定期点検「8月の点検」の日(8月9日)が過ぎています。
定期点検「9月の点検」は今日です。
「応募率」への鈴木 亮さんの質問が、3日返事を待っています。`
	if got := strings.Join(ja, "\n"); got != wantJA {
		t.Errorf("%s", got)
	}
	if letter.Title.JA != "「応募」は38件で、節目(8月31日)の35件に届きました、ほか5件" || letter.Title.EN != "“応募” came to 38件 and reached the milestone of Aug 31, 35件, and 5 more" || !strings.Contains(strings.Join(en, "\n"), "2 people worth talking with are waiting.") {
		t.Errorf("%+v %q", letter.Title, en)
	}
	// Nobody reads thirty: the rest is a number.
	var many []Cause
	for n := range 12 {
		many = append(many, Cause{Key: string(rune('a' + n)), Kind: Pace, Weight: float64(n), What: words.T("%d", "%d", n)})
	}
	if long := Compose(many); len(long.Lines) != 7 || long.More != 5 || long.Lines[0].What.JA != "11" || long.Title.JA != "11、ほか11件" {
		t.Errorf("%+v", long)
	}
	// What the team watches comes first of its kind, and says so.
	many[3].Indicator, many[3].Why, many[5].Indicator = "reels", words.T("理由", "Why"), "likes"
	Watching(many, []string{"reels"}, series.Date(2026, 12, 31))
	if first := Compose(many).Lines[0]; first.What.JA != "3" || first.Why.JA != "いま注力しているKPIです(12月31日まで)。理由" || first.Why.EN != "The team watches this KPI until Dec 31. Why" {
		t.Errorf("%+v", first)
	}
	if none := Compose(nil); len(none.Lines) != 0 || !none.Title.Zero() {
		t.Errorf("%+v", none)
	}
}

// TestFindingsWorthTelling: what rests, what can wait and what is no loss is not told; out of
// reach says behind as well.
func TestFindingsWorthTelling(t *testing.T) {
	t.Parallel()
	id := "visits"
	of := func(code string, more func(*insight.ReviewFinding)) insight.ReviewFinding {
		f := insight.ReviewFinding{Finding: insight.Finding{Code: code, Severity: goal.SeverityWarning, Indicator: &id, Sentence: code, Mend: "m"}, Key: code + ":visits", Body: []string{"a。", "b。", "c。"}}
		if more != nil {
			more(&f)
		}
		return f
	}
	list := []insight.ReviewFinding{
		of("no-owner", nil), of("off-pace", nil), of("unrealistic-target", func(f *insight.ReviewFinding) { f.Stake = &insight.Stake{Amount: -7} }),
		of("off-pace", func(f *insight.ReviewFinding) { f.Severity = goal.SeverityInfo }), of("step-leaks", nil), of("link-broken", nil), of("stale-data", nil),
	}
	got := Findings(list, list, map[string]bool{"step-leaks:visits": true}, func(string) string { return "訪問" })
	var keys []string
	for _, c := range got {
		keys = append(keys, c.Key+" "+c.Path)
	}
	want := "pace:visits /map?open=visits|pace:visits:far /map?open=visits|link-broken:visits /map?open=visits&tab=roads|stale-data:visits /measure/data"
	if strings.Join(keys, "|") != want || got[1].Weight != 7 || got[1].Also[0] != "pace:visits" || got[0].Why.JA != "a。b。" {
		t.Errorf("%s", strings.Join(keys, "|"))
	}
}

func TestWhoHearsOfWhat(t *testing.T) {
	t.Parallel()
	for role, want := range map[access.Role]string{
		access.Owner: "milestone pace step link stale leads review question agreement", access.Member: "milestone leads review question", access.Viewer: "milestone review", access.Guest: "",
	} {
		var hears []string
		for _, k := range Kinds {
			if UsualMine(role).Reaches(role, k) {
				hears = append(hears, string(k))
			}
		}
		if strings.Join(hears, " ") != want {
			t.Errorf("%s hears of %v", role, hears)
		}
	}
	if (Mine{Kinds: Kinds}).Reaches(access.Viewer, Leads) {
		t.Error("a viewer is told of leads")
	}
}

func TestNextMessage(t *testing.T) {
	t.Parallel()
	open := func(now time.Time) func(int) bool {
		return func(ahead int) bool {
			return series.NewCalendar(nil).IsBusinessDay(series.DayOf(now) + series.Day(ahead))
		}
	}
	for _, c := range []struct {
		day, hour int
		done      bool
		want      string
	}{{9, 7, false, "09-09 08:00"}, {9, 11, false, "09-09 11:05"}, {9, 11, true, "09-10 08:00"}, {9, 21, false, "09-10 08:00"}, {18, 9, true, "09-24 08:00"}} {
		now := at(c.day, c.hour).Now
		if got := Usual().Next(now, c.done, open(now)).Format("01-02 15:04"); got != c.want {
			t.Errorf("on the %dth at %d:05: %s, want %s", c.day, c.hour, got, c.want)
		}
	}
	if Usual().Check().Zero() == false || (Settings{Hour: 7, QuietFrom: 20, QuietTo: 8, LeadHours: 1, QuestionDays: 1}).Check().Zero() {
		t.Error("an hour within the quiet ones is taken")
	}
}
