package connect

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/shirube/shirube/internal/words"
)

// Settings are everything about a connection that is no secret. Which fields count
// depends on its kind; the others stay empty.
type Settings struct {
	// SQL
	Engine   string `json:"engine,omitempty" enum:"postgres,mysql,sqlite,clickhouse" doc:"sql"`
	Host     string `json:"host,omitempty" maxLength:"255" doc:"sql"`
	Port     int    `json:"port,omitempty" minimum:"0" maximum:"65535" doc:"sql; 0 is the engine's usual one"`
	Database string `json:"database,omitempty" maxLength:"200" doc:"sql"`
	User     string `json:"user,omitempty" maxLength:"200" doc:"sql"`
	TLS      string `json:"tls,omitempty" enum:"verify,encrypt,off" doc:"sql; verify where absent; off only inside allowed networks"`
	File     string `json:"file,omitempty" maxLength:"300" doc:"sql with sqlite: a file inside the folder the operator named"`
	Query    string `json:"query,omitempty" maxLength:"20000" doc:"sql: one SELECT; :from and :to are the first and last day asked for"`

	// GA4 and Search Console
	Property   string   `json:"property,omitempty" maxLength:"40" doc:"ga4: the number of the property"`
	Site       string   `json:"site,omitempty" maxLength:"300" doc:"search_console: sc-domain:example.co.jp or https://www.example.co.jp/"`
	Dimensions []string `json:"dimensions,omitempty" maxItems:"8" doc:"ga4, search_console; the date is always the first"`
	Metrics    []string `json:"metrics,omitempty" maxItems:"10" doc:"ga4"`
	SearchType string   `json:"search_type,omitempty" enum:"web,image,video,news,discover,googleNews" doc:"search_console; web where absent"`
	Fresh      bool     `json:"fresh,omitempty" doc:"search_console: days that are not final yet, too"`

	// Sheets and HTTP
	URL    string `json:"url,omitempty" maxLength:"2000" doc:"sheets, http; {from} and {to} are the first and last day asked for"`
	Format string `json:"format,omitempty" enum:"csv,json" doc:"http; what the answer says where absent"`
	Path   string `json:"path,omitempty" maxLength:"200" doc:"http with json: where the rows are, as data.items"`
	Header string `json:"header,omitempty" maxLength:"60" doc:"http: the header the secret is sent in; Authorization where absent"`
}

var (
	hostName   = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$|^\[?[0-9A-Fa-f:.]+\]?$`)
	apiName    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(:[A-Za-z0-9_]+)?$`)
	propertyID = regexp.MustCompile(`^[0-9]{1,20}$`)
	headerName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)
	jsonPath   = regexp.MustCompile(`^[^\s"]*$`)
)

var engines = []string{"postgres", "mysql", "sqlite", "clickhouse"}

// searchDimensions are those of Search Console; the date is always asked for.
var searchDimensions = []string{"query", "page", "country", "device", "searchAppearance"}

// Check finds what is missing or wrong in settings before anything is reached.
func Check(kind Kind, s Settings) error {
	switch kind {
	case SQL:
		return checkSQL(s)
	case GA4:
		return checkGA4(s)
	case SearchConsole:
		return checkSearchConsole(s)
	case Sheets:
		_, err := sheetAddress(s.URL, "")
		return err
	case HTTP:
		return checkHTTP(s)
	}
	return badSetting("kind", words.T("この種類の接続はありません。", "There is no such kind of connection."))
}

func checkSQL(s Settings) error {
	if !slices.Contains(engines, s.Engine) {
		return badSetting("engine", words.T("データベースの種類を選んでください。", "Choose the kind of database."))
	}
	if s.Engine == "sqlite" {
		if s.File == "" {
			return badSetting("file", words.T("SQLite のファイル名を入れてください。", "Name the SQLite file."))
		}
	} else if err := checkServer(s); err != nil {
		return err
	}
	_, err := parseQuery(s.Query)
	return err
}

func checkServer(s Settings) error {
	switch {
	case !hostName.MatchString(s.Host):
		return badSetting("host", words.T("ホスト名が読めません。db.example.co.jp のように、名前だけを書いてください。", "The host cannot be read. Write its name alone, like db.example.com."))
	case s.Port < 0 || s.Port > 65535:
		return badSetting("port", words.T("ポートは 1 から 65535 の数です。", "A port is a number from 1 to 65535."))
	case s.Database == "":
		return badSetting("database", words.T("データベースの名前を入れてください。", "Name the database."))
	case s.User == "":
		return badSetting("user", words.T("ユーザー名を入れてください。読み取りだけができるユーザーをおすすめします。", "Name the user; best one who may only read."))
	case !slices.Contains([]string{"", "verify", "encrypt", "off"}, s.TLS):
		return badSetting("tls", words.T("暗号化は verify・encrypt・off のどれかです。", "Encryption is one of verify, encrypt and off."))
	}
	return nil
}

func checkGA4(s Settings) error {
	if !propertyID.MatchString(s.Property) {
		return badSetting("property", words.T("GA4 のプロパティIDは数字です(例: 123456789)。「G-」で始まる測定IDではありません。",
			"A GA4 property id is a number such as 123456789, not the measurement id that begins with G-."))
	}
	if len(s.Metrics) == 0 || len(s.Metrics) > 10 {
		return badSetting("metrics", words.T("指標を1つから10個まで選んでください。", "Choose one to ten metrics."))
	}
	if len(s.Dimensions) > 8 {
		return badSetting("dimensions", words.T("ディメンションは8個までです。", "At most eight dimensions."))
	}
	for field, names := range map[string][]string{"metrics": s.Metrics, "dimensions": s.Dimensions} {
		for i, name := range names {
			if !apiName.MatchString(name) || slices.Contains(names[:i], name) {
				return badSetting(field, words.T("「%s」は GA4 の API の名前ではないか、2度書かれています。", "%q is no name of the GA4 API, or is given twice.", name))
			}
		}
	}
	if slices.Contains(s.Dimensions, "date") {
		return badSetting("dimensions", words.T("日付(date)はいつも入っているので、書かなくて大丈夫です。", "The date is always there; leave it out."))
	}
	return nil
}

func checkSearchConsole(s Settings) error {
	domain, isDomain := strings.CutPrefix(s.Site, "sc-domain:")
	if isDomain && !hostName.MatchString(domain) || !isDomain && !isWebPage(s.Site) {
		return badSetting("site", words.T("サイトは sc-domain:example.co.jp か https://www.example.co.jp/ の形で書いてください。",
			"Write the site like sc-domain:example.com or https://www.example.com/."))
	}
	for i, name := range s.Dimensions {
		if !slices.Contains(searchDimensions, name) || slices.Contains(s.Dimensions[:i], name) {
			return badSetting("dimensions", words.T("「%s」では分けられません。query・page・country・device・searchAppearance から選んでください。",
				"%q is no dimension here; choose among query, page, country, device and searchAppearance.", name))
		}
	}
	if !slices.Contains([]string{"", "web", "image", "video", "news", "discover", "googleNews"}, s.SearchType) {
		return badSetting("search_type", words.T("検索の種類が読めません。", "There is no such search type."))
	}
	return nil
}

func isWebPage(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

func checkHTTP(s Settings) error {
	if _, err := addressOf("url", withDays(s.URL, "2026-01-01", "2026-01-02")); err != nil {
		return err
	}
	if s.Header != "" && !headerName.MatchString(s.Header) || slices.ContainsFunc([]string{"Host", "Content-Length", "Transfer-Encoding", "Connection"},
		func(name string) bool { return strings.EqualFold(name, s.Header) }) {
		return badSetting("header", words.T("ヘッダーの名前に使えない文字があります。", "This cannot be a header's name."))
	}
	if s.Format != "" && s.Format != "csv" && s.Format != "json" {
		return badSetting("format", words.T("形式は csv か json です。", "The format is csv or json."))
	}
	if !jsonPath.MatchString(s.Path) {
		return badSetting("path", words.T("行の場所は data.items のように書いてください。", "Write where the rows are like data.items."))
	}
	return nil
}

// Windowed reports whether a connection asks for days and not for whatever there is.
func Windowed(kind Kind, s Settings) bool {
	switch kind {
	case GA4, SearchConsole:
		return true
	case SQL:
		query, err := parseQuery(s.Query)
		return err == nil && query.windowed()
	case HTTP:
		return strings.Contains(s.URL, "{from}")
	}
	return false
}

// UsualWindow is how many of the last days are fetched again each time, because the other
// side still corrects them.
func UsualWindow(kind Kind) int {
	switch kind {
	case GA4:
		return 3 // processing takes up to three days
	case SearchConsole:
		return 4 // days become final two to three days later
	}
	return 2
}

// NeedsSecret reports whether nothing can be fetched without one.
func NeedsSecret(kind Kind) bool { return kind == GA4 || kind == SearchConsole }

func withDays(address, from, to string) string {
	return strings.NewReplacer("{from}", from, "{to}", to).Replace(address)
}
