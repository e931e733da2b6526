package mail

import (
	"crypto"
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	netmail "net/mail"

	act "github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/deliver/sink"
)

// sinkVariable tells the test's own program to be the mail server of a benchmark, so that
// what the server costs is not counted as ours.
const sinkVariable = "SHIRUBE_BENCH_SINK"

func TestMain(m *testing.M) {
	if os.Getenv(sinkVariable) != "" {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		_, stop := sink.Serve(listener, sink.Counting())
		fmt.Println(listener.Addr().(*net.TCPAddr).Port)
		_, _ = os.Stdin.Read(make([]byte, 1)) // until whoever started it is gone
		stop()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func startSink(b *testing.B) int {
	b.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), sinkVariable+"=1", "GOGC=400")
	in, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = in.Close(); _ = command.Wait() })
	line := make([]byte, 16)
	n, err := out.Read(line)
	if err != nil {
		b.Fatal(err)
	}
	port, err := strconv.Atoi(strings.TrimSpace(string(line[:n])))
	if err != nil {
		b.Fatal(err)
	}
	return port
}

func benchTemplate() act.Template {
	return act.Template{Stream: act.Marketing, Lang: "ja", Subject: "{{名前|お客様}}様、秋のセミナーのご案内", Blocks: []act.Block{
		{Kind: act.Heading, Level: 1, Text: "秋のセミナー"},
		{Kind: act.Text, Text: "{{名前|お客様}}様\n\nいつもありがとうございます。{{会社名|貴社}}のみなさまに、数字の読み方のセミナーをご案内します。\n\n" + strings.Repeat("数字から次の一手を決める方法を、実例とともにご紹介します。", 8) + "\n\nくわしくは[こちら](https://example.jp/seminar)をご覧ください。"},
		{Kind: act.Button, Text: "申し込む", URL: "https://example.jp/apply"},
	}}
}

// BenchmarkBroadcast renders, makes and hands over one personalised mail per operation.
// Run it with -benchtime 50000x. cpu-ms/mail is user and system time of this program
// alone; floor-cpu-ms is that of writing the same bytes into a socket of the same
// machine, in the same minute: what no mailer can be below.
func BenchmarkBroadcast(b *testing.B) {
	for _, algorithm := range []string{"", "rsa"} {
		name := "plain"
		if algorithm != "" {
			name = "dkim-" + algorithm
		}
		b.Run(name, func(b *testing.B) {
			var keys []SigningKey
			if algorithm != "" {
				secret, _, err := NewKey(algorithm, rand.Reader)
				if err != nil {
					b.Fatal(err)
				}
				signer, err := ParseKey(secret)
				if err != nil {
					b.Fatal(err)
				}
				keys = []SigningKey{{Domain: "mail.example.jp", Selector: "s1", Signer: signer}}
			}
			broadcast(b, keys)
		})
	}
}

func broadcast(b *testing.B, keys []SigningKey) {
	compiled, err := act.Compile(benchTemplate(), act.Legal{Sender: "株式会社しるべ", Postal: "東京都千代田区千代田1-1", Contact: "03-0000-0000"}, nil)
	if err != nil {
		b.Fatal(err)
	}
	c := NewCourier(time.Now)
	defer c.Close()
	r := Route{Sender: "s", Keys: keys, Rates: map[string]float64{}, Server: Server{Host: "127.0.0.1", Port: startSink(b), Security: "none", Connections: 8, PerConnection: 100_000}}
	work := make(chan int, 64)
	var group sync.WaitGroup
	before, began := cpuTime(), time.Now()
	b.ResetTimer()
	for range 8 {
		group.Go(func() {
			var body act.Rendered
			for n := range work {
				address := "person" + strconv.Itoa(n) + "@example.jp"
				token := "https://m.example.jp/u/" + address + "0123456789012345678901234567890123456789"
				name := "山田" + strconv.Itoa(n)
				compiled.Render(&act.Recipient{
					Person:      func(key string) (string, bool) { return name, key == "name" },
					Link:        func(n int, _ string) string { return token + strconv.Itoa(n) },
					Unsubscribe: token, Preferences: token, Pixel: token, Honey: token,
				}, &body)
				o := c.Hand(b.Context(), &Message{
					From: netmail.Address{Name: "株式会社しるべ", Address: "news@mail.example.jp"}, To: netmail.Address{Name: name, Address: address},
					Date: time.Now(), ID: MessageID("w", address, "mail.example.jp"), Body: body, Marketing: true, Unsubscribe: token,
				}, r)
				if o.Class != act.Accepted {
					b.Errorf("%+v", o)
				}
			}
		})
	}
	for n := range b.N {
		work <- n
	}
	close(work)
	group.Wait()
	b.StopTimer()
	mails := float64(b.N)
	b.ReportMetric(mails/time.Since(began).Seconds(), "mails/s")
	b.ReportMetric((cpuTime()-before).Seconds()*1000/mails, "cpu-ms/mail")
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	b.ReportMetric(float64(usage.Maxrss)/1024, "MB")
	b.ReportMetric(floor(b, min(b.N, 5000)), "floor-cpu-ms")
	for _, key := range keys {
		// What one signature costs by itself, on this machine, now.
		const signatures = 200
		digest := make([]byte, 32)
		before := cpuTime()
		for range signatures {
			if _, err := key.Signer.Sign(rand.Reader, digest, crypto.SHA256); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric((cpuTime()-before).Seconds()*1000/signatures, "sign-cpu-ms")
	}
	runtime.KeepAlive(c)
}

// floor writes as many bytes as a mail has, and waits for an answer, over a plain socket.
func floor(b *testing.B, n int) float64 {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	const size = 10_000
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		for buffer, got := make([]byte, size), 0; ; {
			k, err := conn.Read(buffer)
			if err != nil {
				return
			}
			if got += k; got >= size {
				got = 0
				_, _ = conn.Write(buffer[:4])
			}
		}
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	data, answer := make([]byte, size), make([]byte, 4)
	before := cpuTime()
	for range n {
		if _, err := conn.Write(data); err != nil {
			b.Fatal(err)
		}
		if _, err := conn.Read(answer); err != nil {
			b.Fatal(err)
		}
	}
	return (cpuTime() - before).Seconds() * 1000 / float64(n)
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
