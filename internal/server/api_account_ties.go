package server

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/audit"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// AccountTies lists where a person is known as who they are.
type AccountTies struct {
	Identities []AccountTie `json:"identities"`
}

// AccountTie is a person as an issuer of sign-ins knows them.
type AccountTie struct {
	ID        string    `json:"id"`
	Name      string    `json:"name" doc:"of the issuer, as the sign-in page calls it"`
	Email     string    `json:"email" doc:"as the issuer told it when they were tied together"`
	CreatedAt time.Time `json:"created_at"`
	LastUsed  time.Time `json:"last_used"`
	MayUntie  bool      `json:"may_untie" doc:"there is another way in"`
}

// AccountRecordReply is what became of an account, the newest first.
type AccountRecordReply struct {
	Deeds []AccountDeedView `json:"deeds"`
}

// AccountDeedView is one thing that was done with an account.
type AccountDeedView struct {
	ID        string        `json:"id"`
	At        time.Time     `json:"at"`
	Operation string        `json:"operation"`
	Sentence  string        `json:"sentence"`
	Changes   []AuditChange `json:"changes"`
}

// shownDeeds is how much of the record of an account is shown.
const shownDeeds = 30

func (s *Server) registerAccountTies(api huma.API) {
	tags := []string{"account"}
	front.Handle(api, huma.Operation{
		OperationID: "list-identities", Metadata: front.Needs(access.SignIn), Method: http.MethodGet, Path: "/api/me/identities",
		Summary: "List the accounts elsewhere that one signs in with", Tags: tags,
	}, func(ctx context.Context, _ *struct{}) (AccountTies, error) { return s.listIdentities(ctx) })
	front.HandleNothing(api, huma.Operation{
		OperationID: "untie-identity", Metadata: front.Needs(access.SignIn), Method: http.MethodDelete, Path: "/api/me/identities/{id}",
		Summary: "Part from an account elsewhere; ends the sign-ins that came by it", Tags: tags,
	}, func(ctx context.Context, in *struct {
		ID string `path:"id" maxLength:"80"`
	}) error {
		return s.untieIdentity(ctx, in.ID)
	})
	front.Handle(api, huma.Operation{
		OperationID: "list-account-record", Metadata: front.Needs(access.SignIn), Method: http.MethodGet, Path: "/api/me/record",
		Summary: "What was done with the own account", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.Lang }) (AccountRecordReply, error) {
		return s.accountRecord(ctx, in.Words())
	})
}

// identityID names an identity to its person: of an issuer a person has one.
func identityID(issuer string) string { return access.Fingerprint(issuer)[:20] }

func (s *Server) listIdentities(ctx context.Context) (AccountTies, error) {
	reply := AccountTies{Identities: []AccountTie{}}
	who, err := front.Person(ctx)
	if err != nil {
		return reply, err
	}
	list, err := s.deps.Store.Identities.Of(ctx, who.User.ID)
	if err != nil {
		return reply, err
	}
	for _, one := range list {
		reply.Identities = append(reply.Identities, AccountTie{
			ID: identityID(one.Issuer), Name: s.issuerName(one.Issuer), Email: one.Email, CreatedAt: one.CreatedAt, LastUsed: one.LastUsed,
			MayUntie: s.mayUntie(who.User, one.Issuer),
		})
	}
	return reply, nil
}

// issuerName is what people call an issuer.
func (s *Server) issuerName(issuer string) string {
	if s.oidc != nil && s.oidc.Issuer == issuer {
		return s.oidc.shown()
	}
	if address, err := url.Parse(issuer); err == nil && address.Host != "" {
		return address.Hostname()
	}
	return issuer
}

// mayUntie reports whether somebody gets in without an identity: by a password, or by a link
// by mail. One of an issuer that is not asked any more opens nothing, and may always go.
func (s *Server) mayUntie(user store.User, issuer string) bool {
	return s.oidc == nil || s.oidc.Issuer != issuer || !s.deps.NoPasswords && user.PasswordHash != "" || s.mailsLinks()
}

func (s *Server) untieIdentity(ctx context.Context, id string) error {
	who, err := front.Person(ctx)
	if err != nil {
		return err
	}
	return s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.Identities.Of(ctx, who.User.ID)
		if err != nil {
			return err
		}
		for _, one := range list {
			if identityID(one.Issuer) != id {
				continue
			}
			user, err := tx.Users.Get(ctx, who.User.ID)
			if err != nil {
				return err
			}
			if !s.mayUntie(user, one.Issuer) {
				return front.Refuse(http.StatusConflict, words.T(
					"これを外すと、入る方法がなくなります。先にパスワードを決めるか、この Shirube を動かしている人に相談してください。",
					"Without this there is no way in for you. Choose a password first, or ask whoever runs this Shirube."))
			}
			if err := tx.Identities.Untie(ctx, user.ID, one.Issuer); err != nil {
				return err
			}
			if err := tx.SignIns.RevokeWay(ctx, user.ID, wayOIDC, who.SignIn); err != nil {
				return err
			}
			return noteAccount(ctx, tx, user.ID, "untie-identity", accountChanges("account", s.issuerName(one.Issuer), ""))
		}
		return store.ErrNotFound{What: "identity", Name: id}
	})
}

func (s *Server) accountRecord(ctx context.Context, lang words.Lang) (AccountRecordReply, error) {
	reply := AccountRecordReply{Deeds: []AccountDeedView{}}
	who, err := front.Person(ctx)
	if err != nil {
		return reply, err
	}
	deeds, err := s.deps.Store.Accounts.Record(ctx, who.User.ID, shownDeeds)
	if err != nil {
		return reply, err
	}
	for _, d := range deeds {
		reply.Deeds = append(reply.Deeds, AccountDeedView{ID: d.ID, At: d.At, Operation: d.Operation, Sentence: audit.Deed(d.Operation).In(lang), Changes: auditChanges(d.Changes, lang)})
	}
	return reply, nil
}
