package server

import (
	"context"
	"errors"
	"net/http"
	netmail "net/mail"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/words"
)

// HouseReply tells whoever set the house up how it writes and whom it lets in. What opens
// anything is not in it: all of it is set where the program is started.
type HouseReply struct {
	Address string     `json:"address" doc:"where people reach it"`
	Public  bool       `json:"public" doc:"from other machines too"`
	Ways    SignInWays `json:"ways"`
	Mail    *HousePost `json:"mail" doc:"null where the house sends no mail of its own"`
	OIDC    *HouseOIDC `json:"oidc" doc:"null where nobody signs in elsewhere"`
}

// HousePost is how the house writes.
type HousePost struct {
	From     string `json:"from"`
	Server   string `json:"server" doc:"host of the mail server"`
	Security string `json:"security" enum:"tls,starttls,none"`
}

// HouseOIDC is whom the house believes.
type HouseOIDC struct {
	Name     string   `json:"name"`
	Issuer   string   `json:"issuer"`
	Back     string   `json:"back" doc:"the address to be entered at the issuer"`
	Allow    []string `json:"allow" doc:"domains and addresses that may come in; empty: everybody who was added"`
	Join     *string  `json:"join" doc:"workspace that people of these join by themselves"`
	JoinRole *string  `json:"join_role"`
}

// LetterTried tells how a letter to oneself ended.
type LetterTried struct {
	OK   bool   `json:"ok"`
	To   string `json:"to"`
	Said string `json:"said" doc:"what the mail server said, where it did not take the letter"`
}

func (s *Server) registerHouse(api huma.API) {
	tags := []string{"account"}
	front.Handle(api, huma.Operation{
		OperationID: "get-house", Metadata: front.Needs(access.Keep), Method: http.MethodGet, Path: "/api/house",
		Summary: "Tell how the house writes and whom it lets in", Tags: tags,
	}, func(_ context.Context, _ *struct{}) (HouseReply, error) { return s.house(), nil })
	front.Handle(api, huma.Operation{
		OperationID: "try-house-mail", Metadata: front.Needs(access.Keep), Method: http.MethodPost, Path: "/api/house/mail/try",
		Summary: "Have the house write to oneself", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (LetterTried, error) { return s.tryHouseMail(ctx) })
}

func (s *Server) house() HouseReply {
	reply := HouseReply{Address: s.ownAddress(), Public: s.url != nil, Ways: s.ways()}
	if h := s.deps.House; h != nil {
		reply.Mail = &HousePost{From: h.From.Address, Server: h.Server.Host, Security: h.Server.Security}
		if h.From.Name != "" {
			reply.Mail.From = h.From.Name + " <" + h.From.Address + ">"
		}
	}
	if s.oidc != nil {
		reply.OIDC = &HouseOIDC{Name: s.oidc.shown(), Issuer: s.oidc.Issuer, Back: s.oidcBack(), Allow: append([]string{}, s.oidc.Allow...)}
		if s.oidc.Join != "" {
			join, role := s.oidc.Join, string(s.oidc.JoinRole)
			reply.OIDC.Join, reply.OIDC.JoinRole = &join, &role
		}
	}
	return reply
}

func (s *Server) tryHouseMail(ctx context.Context) (LetterTried, error) {
	who, err := front.Person(ctx)
	if err != nil {
		return LetterTried{}, err
	}
	if s.deps.House == nil {
		return LetterTried{}, front.Refuse(http.StatusConflict, words.T("この Shirube は、自分ではメールを送りません。--mail-url と --mail-from を付けて起動してください。",
			"This Shirube sends no mail of its own. Start it with --mail-url and --mail-from."))
	}
	if err := s.slowLetters(front.RequestOf(ctx), accountOf(who.User.Email)); err != nil {
		return LetterTried{}, err
	}
	body, err := letterWords{
		Subject: words.T("Shirube からの試しのメール", "A trial letter from Shirube"),
		Lines:   []words.Text{words.T("このメールが届いていれば、招待やサインインのリンクも届きます。", "If you can read this, invitations and sign-in links arrive too.")},
	}.in(words.ParseLang(who.User.Locale))
	if err != nil {
		return LetterTried{}, err
	}
	within, cancel := context.WithTimeout(ctx, invitedWithin)
	defer cancel()
	outcome, err := s.handLetter(within, "", letter{Key: "trial/" + string(who.User.ID) + "/" + s.deps.Clock().UTC().Format(time.RFC3339Nano),
		To: netmail.Address{Name: who.User.Name, Address: who.User.Email}, Body: body})
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return LetterTried{}, front.Refuse(http.StatusConflict, problem.what)
	}
	if err != nil {
		return LetterTried{}, err
	}
	return LetterTried{OK: outcome.Class == mail.Accepted, To: who.User.Email, Said: shortText(outcome.Said, 300)}, nil
}
