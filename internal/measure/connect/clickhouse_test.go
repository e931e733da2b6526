package connect

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/ch-go/proto"

	"github.com/shirube/shirube/internal/words"
)

// clickHouseRevision is the protocol both sides speak here: that of 22.12, the first with
// progress that tells the time.
const clickHouseRevision = int(proto.FeatureServerQueryTimeInProgress)

// clickHouseAnswer is what the server says to a statement.
type clickHouseAnswer struct {
	blocks [][]proto.InputColumn
	fails  *proto.Exception // after the blocks
	breaks bool             // the connection, after the blocks
	hangs  bool             // nothing more is said
}

// clickHouse is a server on this machine that speaks ClickHouse's own protocol, hello and
// query and blocks, and answers what it was told to. No server of it can be had where these
// tests run; TestClickHouse asks a real one where there is one.
type clickHouse struct {
	t        *testing.T
	listener net.Listener
	answers  map[string]clickHouseAnswer // by statement
	over     chan struct{}
	hanging  chan struct{} // told when a statement hangs

	mu    sync.Mutex
	asked []proto.Query
}

func startClickHouse(t *testing.T, answers map[string]clickHouseAnswer) *clickHouse {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &clickHouse{t: t, listener: listener, answers: answers, over: make(chan struct{}), hanging: make(chan struct{}, 1)}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { c.talk(conn) })
		}
	})
	t.Cleanup(func() { close(c.over); _ = listener.Close(); all.Wait() })
	return c
}

// talk serves one connection until the other side goes or a script says so.
func (c *clickHouse) talk(conn net.Conn) {
	defer conn.Close()
	reader := proto.NewReader(conn)
	say := func(fill func(*proto.Buffer)) bool {
		var b proto.Buffer
		fill(&b)
		_, err := conn.Write(b.Buf)
		return err == nil
	}
	if !c.greet(reader, say) {
		return
	}
	for {
		code, err := reader.UVarInt()
		if err != nil {
			return
		}
		switch proto.ClientCode(code) {
		case proto.ClientCodePing:
			if !say(func(b *proto.Buffer) { proto.ServerCodePong.Encode(b) }) {
				return
			}
		case proto.ClientCodeQuery:
			var q proto.Query
			if err := q.DecodeAware(reader, clickHouseRevision); err != nil {
				c.t.Errorf("the statement cannot be read: %v", err)
				return
			}
			c.mu.Lock()
			c.asked = append(c.asked, q)
			c.mu.Unlock()
			if !c.answer(q.Body, say) {
				return
			}
		case proto.ClientCodeData: // the end of what the client has to send
			var data proto.ClientData
			var block proto.Block
			if data.DecodeAware(reader, clickHouseRevision) != nil || block.DecodeBlock(reader, clickHouseRevision, nil) != nil {
				return
			}
		default: // it calls the statement off
			return
		}
	}
}

func (c *clickHouse) greet(reader *proto.Reader, say func(func(*proto.Buffer)) bool) bool {
	if code, err := reader.UVarInt(); err != nil || proto.ClientCode(code) != proto.ClientCodeHello {
		return false
	}
	var hello proto.ClientHello
	if err := hello.Decode(reader); err != nil {
		return false
	}
	if hello.Password != "ok-secret" {
		say(exception(516, hello.User+": Authentication failed"))
		return false
	}
	if hello.Database != "shop" {
		say(exception(81, "Database "+hello.Database+" does not exist"))
		return false
	}
	greeting := proto.ServerHello{Name: "ClickHouse", Major: 22, Minor: 12, Revision: clickHouseRevision, Timezone: "Asia/Tokyo", DisplayName: "loopback"}
	if !say(func(b *proto.Buffer) { greeting.EncodeAware(b, clickHouseRevision) }) {
		return false
	}
	_, err := reader.Str() // the addendum: a quota's key
	return err == nil
}

func (c *clickHouse) answer(statement string, say func(func(*proto.Buffer)) bool) bool {
	a, known := c.answers[statement]
	if !known {
		return say(exception(62, "Syntax error: "+statement))
	}
	for _, columns := range a.blocks {
		rows := 0
		if len(columns) > 0 {
			rows = columns[0].Data.Rows()
		}
		ok := say(func(b *proto.Buffer) {
			proto.ServerCodeData.Encode(b)
			b.PutString("")
			block := proto.Block{Info: proto.BlockInfo{BucketNum: -1}, Columns: len(columns), Rows: rows}
			if err := block.EncodeBlock(b, clickHouseRevision, columns); err != nil {
				c.t.Errorf("write a block: %v", err)
			}
		})
		if !ok {
			return false
		}
	}
	switch {
	case a.breaks:
		return false
	case a.hangs:
		c.hanging <- struct{}{}
		<-c.over
		return false
	case a.fails != nil:
		return say(exception(a.fails.Code, a.fails.Message))
	}
	return say(func(b *proto.Buffer) { proto.ServerCodeEndOfStream.Encode(b) })
}

func exception(code proto.Error, message string) func(*proto.Buffer) {
	return func(b *proto.Buffer) {
		proto.ServerCodeException.Encode(b)
		(&proto.Exception{Code: code, Name: "DB::Exception", Message: "DB::Exception: " + message}).EncodeAware(b, clickHouseRevision)
	}
}

func (c *clickHouse) settings() Settings {
	return Settings{Engine: "clickhouse", Host: "127.0.0.1", Port: c.listener.Addr().(*net.TCPAddr).Port, Database: "shop", User: "reader", TLS: "off"}
}

// leadRows are rows as the table of leads has them; a channel without a number has none.
func leadRows(days []string, channels []string, numbers []proto.Nullable[uint32]) []proto.InputColumn {
	var day proto.ColDate
	var channel proto.ColStr
	count := proto.NewColNullable(new(proto.ColUInt32))
	for i := range days {
		at, _ := time.Parse(time.DateOnly, days[i])
		day.Append(at)
		channel.Append(channels[i])
		count.Append(numbers[i])
	}
	return []proto.InputColumn{{Name: "day", Data: &day}, {Name: "channel", Data: &channel}, {Name: "leads", Data: count}}
}

func TestClickHouseProtocol(t *testing.T) {
	t.Parallel()
	var price proto.ColDecimal64
	price.Append(proto.Decimal64(123456725))
	var half proto.ColFloat64
	half.Append(.5)
	var most proto.ColUInt64
	most.Append(18446744073709551615)
	const days = "SELECT day, channel, leads FROM leads WHERE day BETWEEN {from:Date} AND {to:Date}"
	empty := leadRows(nil, nil, nil)
	first := leadRows([]string{"2026-11-01"}, []string{"広告"}, []proto.Nullable[uint32]{proto.NewNullable[uint32](3)})
	second := leadRows([]string{"2026-11-03"}, []string{"SNS"}, []proto.Nullable[uint32]{proto.Null[uint32]()})
	broken := func(code proto.Error, message string) clickHouseAnswer {
		return clickHouseAnswer{fails: &proto.Exception{Code: code, Message: message}}
	}
	server := startClickHouse(t, map[string]clickHouseAnswer{
		days:             {blocks: [][]proto.InputColumn{empty, first, second}},
		"SELECT numbers": {blocks: [][]proto.InputColumn{{{Name: "a", Data: proto.Alias(&price, "Decimal(18, 2)")}, {Name: "b", Data: &half}, {Name: "c", Data: &most}}}},
		"SELECT nothing": {blocks: [][]proto.InputColumn{empty}},
		"SELECT late":    {blocks: [][]proto.InputColumn{empty, first}, fails: &proto.Exception{Code: 159, Message: "Timeout exceeded: elapsed 61 seconds"}},
		"SELECT nowhere": broken(60, "Table shop.nowhere does not exist"),
		"SELECT writes":  broken(164, "reader: Cannot execute query in readonly mode"),
		"SELECT secret":  broken(497, "reader: Not enough privileges"),
		"SELECT busy":    broken(202, "Too many simultaneous queries"),
		"SELECT much":    broken(396, "Limit for result exceeded"),
	})
	runCases(t, server.settings(), "ok-secret", "", []engineCase{
		{name: "days in two blocks", query: "SELECT day, channel, leads FROM leads WHERE day BETWEEN :from AND :to", file: leads},
		{name: "numbers", query: "SELECT numbers", file: "a,b,c\n1234567.25,0.5,18446744073709551615\n"},
		{name: "no rows", query: "SELECT nothing", file: "day,channel,leads\n"},
		{name: "no such table", query: "SELECT nowhere", code: BadQuery},
		{name: "not understood", query: "SELECT 1 FROM", code: BadQuery},
		{name: "writes", query: "SELECT writes", code: BadQuery},
		{name: "may not see it", query: "SELECT secret", code: Forbidden},
		{name: "busy", query: "SELECT busy", code: Busy},
		{name: "too much, it says", query: "SELECT much", code: TooMuch},
		{name: "too many rows, we say", query: "SELECT day, channel, leads FROM leads WHERE day BETWEEN :from AND :to", code: TooMuch, with: func(_ *Settings, _ *Request, p *Puller) { p.MaxRows = 1 }},
		{name: "stops in the middle, and says why", query: "SELECT late", code: TooSlow},
		{name: "wrong password", query: "SELECT numbers", code: SignInCode, with: func(_ *Settings, r *Request, _ *Puller) { r.Secret = "wrong" }},
		{name: "no such database", query: "SELECT numbers", code: NotFound, with: func(s *Settings, _ *Request, _ *Puller) { s.Database = "elsewhere" }},
		{name: "not allowed", query: "SELECT numbers", code: Refused, with: func(_ *Settings, _ *Request, p *Puller) { p.Guard = &Guard{} }},
		{name: "nobody there", query: "SELECT numbers", code: Unreachable, with: func(s *Settings, _ *Request, _ *Puller) { s.Port = 1 }},
	})
	server.mu.Lock()
	defer server.mu.Unlock()
	for _, q := range server.asked {
		settings, parameters := map[string]string{}, map[string]string{}
		for _, s := range q.Settings {
			settings[s.Key] = s.Value
		}
		for _, p := range q.Parameters {
			parameters[p.Key] = strings.Trim(p.Value, "'")
		}
		if settings["readonly"] != "2" || settings["result_overflow_mode"] != "throw" || settings["max_execution_time"] == "" || settings["max_result_rows"] == "" || settings["max_result_bytes"] == "" {
			t.Errorf("%s: asked with %v", q.Body, settings)
		}
		if parameters["from"] != "2026-11-01" || parameters["to"] != "2026-11-03" {
			t.Errorf("%s: asked of %v", q.Body, parameters)
		}
	}
}

// An answer that ends half way is no answer: nothing of it is taken, and it is tried again.
func TestClickHouseBreaksOff(t *testing.T) {
	t.Parallel()
	first := leadRows([]string{"2026-11-01"}, []string{"広告"}, []proto.Nullable[uint32]{proto.NewNullable[uint32](3)})
	server := startClickHouse(t, map[string]clickHouseAnswer{"SELECT half": {blocks: [][]proto.InputColumn{first}, breaks: true}})
	r := Request{Kind: SQL, Settings: server.settings(), Secret: "ok-secret", Span: span, Zone: tokyo}
	r.Settings.Query = "SELECT half"
	table, err := here().Pull(t.Context(), r)
	if err == nil {
		t.Fatalf("half an answer was taken: %q", table.File)
	}
	if code := codeOf(t, err); code != Unreachable && code != Broken {
		t.Errorf("%s: %s", code, err.(interface{ In(words.Lang) string }).In(words.EN))
	}
}

// Whoever calls a fetch off does not wait for a server that says nothing more.
func TestClickHouseCalledOff(t *testing.T) {
	t.Parallel()
	server := startClickHouse(t, map[string]clickHouseAnswer{"SELECT slow": {hangs: true}})
	r := Request{Kind: SQL, Settings: server.settings(), Secret: "ok-secret", Span: span, Zone: tokyo}
	r.Settings.Query = "SELECT slow"
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() { <-server.hanging; cancel() }()
	puller := here()
	puller.Timeout = time.Hour
	if _, err := puller.Pull(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}
