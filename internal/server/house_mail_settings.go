package server

import (
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"

	post "github.com/shirube/shirube/internal/deliver/mail"
	"github.com/shirube/shirube/internal/words"
)

// ParseHouseMail reads how the house writes to its people: the mail server's address, such
// as smtps://user@mail.example.jp, and whom letters are from, such as "道しるべ
// <shirube@example.jp>". nil where neither is said. The error's text is for people, in both
// languages, and does not repeat what could be a password.
//
//   - smtps is TLS from the first byte (port 465)
//   - smtp is STARTTLS (port 587): without it nothing is sent
//   - smtp to this machine itself (port 25) goes as it is, for a mail server beside us
func ParseHouseMail(server, from, password string) (*HouseMail, error) {
	if server == "" && from == "" {
		return nil, nil
	}
	if server == "" {
		return nil, &addressError{words.T("--mail-from には --mail-url も要ります。smtps://user@mail.example.jp の形で、メールサーバーを指定してください。",
			"--mail-from needs --mail-url too: a mail server, like smtps://user@mail.example.com.")}
	}
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, &addressError{words.T("差出人「%s」が読めません。--mail-from を「道しるべ <shirube@example.jp>」の形で指定してください。",
			"The sender %q cannot be read. Write --mail-from like “Shirube <shirube@example.com>”.", from)}
	}
	address, err := url.Parse(server)
	if err != nil || address.Host == "" || address.Opaque != "" || strings.Trim(address.Path, "/") != "" || address.RawQuery != "" || address.Fragment != "" {
		return nil, noMailServer()
	}
	if _, inside := address.User.Password(); inside {
		return nil, &addressError{words.T("--mail-url にパスワードを書かないでください。だれでも見られる場所に残ります。SHIRUBE_MAIL_PASSWORD か --mail-password-file で渡してください。",
			"Keep the password out of --mail-url: others on the machine could read it. Pass it by SHIRUBE_MAIL_PASSWORD or --mail-password-file.")}
	}
	settings := post.Server{Host: strings.ToLower(address.Hostname()), Username: address.User.Username(), Password: password}
	here := isLoopback(settings.Host)
	switch {
	case address.Scheme == "smtps":
		settings.Security, settings.Port = "tls", 465
	case address.Scheme == "smtp" && here:
		settings.Security, settings.Port = "none", 25
	case address.Scheme == "smtp":
		settings.Security, settings.Port = "starttls", 587
	default:
		return nil, noMailServer()
	}
	if port := address.Port(); port != "" {
		if settings.Port, err = strconv.Atoi(port); err != nil {
			return nil, noMailServer()
		}
	}
	if settings.Username != "" && password == "" {
		return nil, &addressError{words.T("メールサーバーの「%s」のパスワードがありません。SHIRUBE_MAIL_PASSWORD か --mail-password-file で渡してください。",
			"There is no password for %q at the mail server. Pass it by SHIRUBE_MAIL_PASSWORD or --mail-password-file.", settings.Username)}
	}
	if settings.Check() != nil {
		return nil, noMailServer()
	}
	return &HouseMail{From: *sender, Server: settings}, nil
}

func noMailServer() error {
	return &addressError{words.T("メールサーバーのアドレスが読めません。--mail-url を smtps://user@mail.example.jp の形で指定してください(STARTTLS なら smtp://)。",
		"The mail server's address cannot be read. Write --mail-url like smtps://user@mail.example.com (smtp:// for STARTTLS).")}
}
