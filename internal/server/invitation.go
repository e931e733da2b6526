package server

import (
	"context"
	"errors"
	netmail "net/mail"
	"net/url"
	"time"

	"github.com/shirube/shirube/internal/act/mail"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// Invited tells how somebody who was added learns of it.
type Invited struct {
	Mailed  bool       `json:"mailed" doc:"a mail server took their invitation"`
	Trouble *string    `json:"trouble" doc:"why no invitation left; null where one did, or none was asked for"`
	Link    *EntryLink `json:"link" doc:"to hand over; null where a mail brings it, or they can sign in already"`
}

const (
	// invitationLife is longer than that of a link handed over: mail is read on Monday.
	invitationLife  = 7 * 24 * time.Hour
	invitedWithin   = 20 * time.Second
	invitationTries = 50 // of one person who invites, and then one in
	invitationEvery = 30 * time.Second
)

// mailsTeam reports whether letters can leave for the team of a workspace.
func (s *Server) mailsTeam(ctx context.Context, ws store.WorkspaceID) bool {
	if s.deps.Open {
		return false // the made-up company writes to nobody
	}
	_, _, _, err := s.houseSender(ctx, ws)
	if err != nil && !errors.As(err, new(*mailProblem)) {
		front.RequestOf(ctx).Log.Warn("sender not read", "error", err)
	}
	return err == nil
}

// slowInvitations bounds letters to an address somebody else typed in, and those of one
// person who types: the house is nobody's way of writing to strangers.
func (s *Server) slowInvitations(ctx context.Context, email string) error {
	a := s.attempts
	a.mu.Lock()
	defer a.mu.Unlock()
	now := s.deps.Clock()
	wait := a.take(now, "letter "+accountOf(email), letterEvery, letterTries)
	if wait = max(wait, a.take(now, "inviting "+actorOf(ctx), invitationEvery, invitationTries)); wait > 0 {
		return tooMany(wait)
	}
	return nil
}

// needsLink reports whether somebody cannot come in without a link.
func needsLink(user store.User) bool { return user.PasswordHash == "" && user.ProvenAt.IsZero() }

// invite writes to somebody that they were added. A link that opens their account goes to
// them alone: by a sender of the workspace only where it opens nothing else and its owner
// could have it anyway (mayHelp), else by the house. Where no letter leaves, the link comes back to be handed over.
func (s *Server) invite(ctx context.Context, ws store.Workspace, user store.User, mayHelp bool) (Invited, error) {
	opens, by := needsLink(user), ws.ID
	if opens {
		of, err := s.deps.Store.Members.Of(ctx, user.ID)
		if err != nil {
			return Invited{}, err
		}
		if !mayHelp || len(of) > 1 {
			by = ""
		}
	}
	var err error
	path, key := "/w/"+url.PathEscape(ws.Slug), "invitation/"+string(user.ID)+"/"+s.deps.Clock().UTC().Format(time.RFC3339Nano)
	if opens {
		if path, _, err = s.entryLink(ctx, s.deps.Store.EntryLinks, user.ID, invitationLife, true); err != nil {
			return Invited{}, err
		}
	}
	body, err := invitationLetter(front.AuthorOf(ctx), ws.Name, s.ownAddress()+path, opens).in(words.ParseLang(user.Locale))
	if err != nil {
		return Invited{}, err
	}
	trouble, err := s.handInvitation(ctx, by, letter{Key: key, To: netmail.Address{Name: user.Name, Address: user.Email}, Body: body})
	if err != nil {
		return Invited{}, err
	}
	if trouble == nil {
		return Invited{Mailed: true}, nil
	}
	said := trouble.In(front.RequestOf(ctx).Lang)
	invited := Invited{Trouble: &said}
	if !opens || !mayHelp {
		if opens {
			err = s.deps.Store.EntryLinks.Void(ctx, user.ID)
		}
		return invited, err
	}
	// The link of the letter would prove whose the address is; this one goes by other hands.
	path, until, err := s.entryLink(ctx, s.deps.Store.EntryLinks, user.ID, memberLinkLife, false)
	invited.Link = &EntryLink{URL: path, ExpiresAt: until}
	return invited, err
}

// handInvitation says what went wrong; nil where a mail server took the letter.
func (s *Server) handInvitation(ctx context.Context, by store.WorkspaceID, l letter) (*words.Text, error) {
	within, cancel := context.WithTimeout(ctx, invitedWithin)
	defer cancel()
	outcome, err := s.handLetter(within, by, l)
	if problem, ok := errors.AsType[*mailProblem](err); ok {
		return &problem.what, nil
	}
	if err != nil {
		return nil, err
	}
	trouble := words.T("いまは招待のメールを送れませんでした。少し待ってから、もう一度送ってください。", "The invitation could not be sent now. Try again in a moment.")
	switch {
	case outcome.Class == mail.Accepted:
		return nil, nil
	case outcome.NoSuchAddress:
		trouble = words.T("このメールアドレスには届きません。アドレスを確かめてください。", "Nobody can be reached at this address. Please check it.")
	case outcome.Ours:
		trouble = words.T("メールサーバーが、送ることを認めませんでした。差出人の設定を確かめてください。", "The mail server does not let us send. Please check the sender's settings.")
	}
	front.RequestOf(ctx).Log.Warn("invitation not taken", "class", string(outcome.Class), "step", outcome.Step, "code", outcome.Code)
	return &trouble, nil
}

// doubtful reports whether an account could be in the hands of somebody else than its
// address says: nobody has shown that the address is theirs, and it was made, with a
// password, in a workspace that is not of whoever invites now. What they invite to would be
// open to the owner of that one. Without mail of the house nothing could be shown, and
// nobody is kept out.
func (s *Server) doubtful(ctx context.Context, tx *store.Tx, ws store.WorkspaceID, user store.User) (bool, error) {
	who := front.RequestOf(ctx).Who
	if !user.ProvenAt.IsZero() || user.PasswordHash == "" || !s.mailsLinks() || who == nil {
		return false, nil
	}
	elsewhere, err := tx.Members.Of(ctx, user.ID)
	if err != nil {
		return false, err
	}
	for _, m := range elsewhere {
		if m.Workspace == ws {
			continue
		}
		role, err := tx.Members.Role(ctx, m.Workspace, who.User.ID)
		if err != nil && !isNotFound(err) {
			return false, err
		}
		if access.Role(role) != access.Owner {
			return true, nil
		}
	}
	return false, nil
}

// closeAccount takes password and sign-ins away; a link by mail opens it again.
func closeAccount(ctx context.Context, tx *store.Tx, user store.UserID) error {
	if err := tx.Users.SetPassword(ctx, user, ""); err != nil {
		return err
	}
	return tx.SignIns.RevokeAll(ctx, user, "")
}

func invitationLetter(inviter, workspace, address string, opens bool) letterWords {
	who, where := called(inviter), called(workspace)
	l := letterWords{
		Subject: words.T("%[1]sさんから「%[2]s」への招待", "%[1]s invites you to “%[2]s”", who, where),
		Lines: []words.Text{
			words.T("%[1]sさんが、あなたを「%[2]s」に加えました。", "%[1]s has added you to “%[2]s”.", who, where),
			words.T("Shirube は、目標までの道のりを1枚の地図にして、みんなで同じ数字を見るための道具です。",
				"Shirube lays the road to a goal out as one map, so that everybody looks at the same numbers."),
		},
		Button: words.T("地図を開く", "Open the map"), URL: address,
		Foot: []words.Text{words.T("心当たりがなければ、このメールは捨ててください。何も起こりません。", "If you do not know of this, throw this mail away. Nothing will happen.")},
	}
	if opens {
		l.Button = words.T("はじめる", "Get started")
		l.Foot = append([]words.Text{words.T("このリンクは、あなただけのものです。%d日間、一度だけ使えます。人に渡さないでください。",
			"This link is yours alone. It works once, for %d days. Do not pass it on.", int(invitationLife.Hours()/24))}, l.Foot...)
	}
	return l
}

func (s *Server) inviteAgain(ctx context.Context, of OfMember) (Invited, error) {
	ws, err := s.memberOf(ctx, of)
	if err != nil {
		return Invited{}, err
	}
	user, err := s.deps.Store.Users.Get(ctx, store.UserID(of.ID))
	if err != nil {
		return Invited{}, err
	}
	if err := s.slowInvitations(ctx, user.Email); err != nil {
		return Invited{}, err
	}
	var mayHelp bool
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		mayHelp, err = s.mayRenew(ctx, tx, user, ws.ID)
		return err
	})
	if err != nil {
		return Invited{}, err
	}
	return s.invite(ctx, ws, user, mayHelp)
}
