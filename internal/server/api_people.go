package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
	"github.com/shirube/shirube/internal/words"
)

// MembersReply lists the people of a workspace, the longest there first.
type MembersReply struct {
	Members []MemberView `json:"members"`
	Mail    bool         `json:"mail" doc:"invitations can be sent by mail"`
}

// MemberView is a person in a workspace.
type MemberView struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Email   string    `json:"email"`
	Role    string    `json:"role" enum:"owner,editor,member,viewer,guest"`
	Since   time.Time `json:"since"`
	Pending bool      `json:"pending" doc:"has not come in yet"`
	You     bool      `json:"you"`

	Department string `json:"department" doc:"as the team calls it; empty where nobody said"`
	Export     bool   `json:"export" doc:"may take numbers out as files"`
}

// NewMember is somebody to be added.
type NewMember struct {
	Name  string `json:"name" minLength:"1" maxLength:"100"`
	Email string `json:"email" maxLength:"300"`
	Role  string `json:"role" enum:"owner,editor,member,viewer,guest"`
	Send  bool   `json:"send,omitempty" doc:"invite them by mail; without it their link comes back"`
}

// MemberAdded tells how the new member comes in.
type MemberAdded struct {
	ID string `json:"id"`
	Invited
}

// EntryLink is a one-time link by which somebody chooses a password; it is told once.
type EntryLink struct {
	URL       string    `json:"url" doc:"behind the host: /welcome#…"`
	ExpiresAt time.Time `json:"expires_at"`
}

// MemberChange gives a member another role, department or right; what is absent stays.
type MemberChange struct {
	Role       string  `json:"role,omitempty" enum:"owner,editor,member,viewer,guest"`
	Department *string `json:"department,omitempty" maxLength:"60" doc:"empty: of none"`
	Export     *bool   `json:"export,omitempty" doc:"may take numbers out as files; guests may not unless this says so, owners always may"`
}

// OfMember is a member a request is about.
type OfMember struct {
	front.InWorkspace
	ID string `path:"id" maxLength:"80"`
}

func (s *Server) registerPeople(api huma.API) {
	tags := []string{"people"}
	front.Handle(api, huma.Operation{
		OperationID: "list-members", Metadata: front.Needs(access.SeePeople), Method: http.MethodGet, Path: "/api/workspaces/{ws}/members",
		Summary: "List the people of a workspace", Tags: tags,
	}, func(ctx context.Context, in *struct{ front.InWorkspace }) (MembersReply, error) {
		return s.listMembers(ctx, in.Workspace)
	})
	front.Handle(api, huma.Operation{
		OperationID: "add-member", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: "/api/workspaces/{ws}/members",
		Summary: "Add somebody, with a one-time link to choose a password", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct {
		front.InWorkspace
		front.Lang
		Body NewMember
	}) (MemberAdded, error) {
		return s.addMember(ctx, in.Workspace, in.Words(), in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "update-member", Metadata: front.Needs(access.Manage), Method: http.MethodPatch, Path: "/api/workspaces/{ws}/members/{id}",
		Summary: "Give a member another role, department or right", Tags: tags,
	}, func(ctx context.Context, in *struct {
		OfMember
		Body MemberChange
	}) error {
		return s.changeMember(ctx, in.OfMember, in.Body)
	})
	front.HandleNothing(api, huma.Operation{
		OperationID: "remove-member", Metadata: front.Needs(access.Manage), Method: http.MethodDelete, Path: "/api/workspaces/{ws}/members/{id}",
		Summary: "Take a member out of the workspace", Tags: tags,
	}, func(ctx context.Context, in *struct{ OfMember }) error { return s.removeMember(ctx, in.OfMember) })
	front.Handle(api, huma.Operation{
		OperationID: "renew-link", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: "/api/workspaces/{ws}/members/{id}/link",
		Summary: "A new one-time link for a member to choose a password", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct{ OfMember }) (EntryLink, error) {
		return s.renewLink(ctx, in.OfMember)
	})
	front.Handle(api, huma.Operation{
		OperationID: "invite-member", Metadata: front.Needs(access.Manage), Method: http.MethodPost, Path: "/api/workspaces/{ws}/members/{id}/invitation",
		Summary: "Invite a member again by mail", Tags: tags, DefaultStatus: http.StatusCreated,
	}, func(ctx context.Context, in *struct{ OfMember }) (Invited, error) {
		return s.inviteAgain(ctx, in.OfMember)
	})
}

func (s *Server) listMembers(ctx context.Context, slug string) (MembersReply, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return MembersReply{}, err
	}
	list, err := s.deps.Store.Members.List(ctx, ws.ID)
	if err != nil {
		return MembersReply{}, err
	}
	reply := MembersReply{Members: make([]MemberView, len(list)), Mail: s.mailsTeam(ctx, ws.ID)}
	who := front.RequestOf(ctx).Who
	for i, m := range list {
		reply.Members[i] = MemberView{
			ID: string(m.User.ID), Name: m.User.Name, Email: m.User.Email, Role: m.Role, Since: m.Since,
			Pending: m.User.PasswordHash == "" && m.User.ProvenAt.IsZero(), You: who != nil && who.User.ID == m.User.ID,
			Department: m.Department, Export: access.Role(m.Role).MayExport(m.Export),
		}
	}
	return reply, nil
}

func (s *Server) addMember(ctx context.Context, slug string, lang words.Lang, in NewMember) (MemberAdded, error) {
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return MemberAdded{}, err
	}
	if in.Name = front.Clean(in.Name); in.Name == "" {
		return MemberAdded{}, front.BadRequest("body.name", words.T("名前を入れてください。", "Give a name."))
	}
	if in.Email, err = emailOf("body.email", in.Email); err != nil {
		return MemberAdded{}, err
	}
	if in.Send {
		if err := s.slowInvitations(ctx, in.Email); err != nil {
			return MemberAdded{}, err
		}
	}
	var added MemberAdded
	var guest store.User
	var mayHelp bool
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		user, err := tx.Users.ByEmail(ctx, in.Email)
		if errors.As(err, new(store.ErrNotFound)) {
			user, err = tx.Users.Create(ctx, store.NewUser{Email: in.Email, Name: in.Name, Locale: string(lang)})
		}
		if err != nil {
			return err
		}
		if _, err := tx.Members.Role(ctx, ws.ID, user.ID); err == nil {
			return front.Refuse(http.StatusConflict, words.T("この人は、もうメンバーです。", "This person is a member already."))
		}
		if mayHelp, err = s.mayRenew(ctx, tx, user, ws.ID); err != nil {
			return err
		}
		doubtful, err := s.doubtful(ctx, tx, ws.ID, user)
		if err != nil {
			return err
		}
		if doubtful {
			if err := closeAccount(ctx, tx, user.ID); err != nil {
				return err
			}
			user.PasswordHash = ""
		}
		if err := tx.Members.Put(ctx, ws.ID, user.ID, in.Role); err != nil {
			return err
		}
		// A link that another workspace's owner holds would open this one, too.
		if err := tx.EntryLinks.Void(ctx, user.ID); err != nil {
			return err
		}
		added.ID, guest = string(user.ID), user
		if needsLink(user) && mayHelp && !in.Send {
			path, until, err := s.entryLink(ctx, tx.EntryLinks, user.ID, memberLinkLife, false)
			added.Link = &EntryLink{URL: path, ExpiresAt: until}
			return err
		}
		return nil
	})
	if err != nil {
		return MemberAdded{}, memberError(err)
	}
	front.RequestOf(ctx).Log.Info("member added", "workspace", ws.ID, "user", added.ID, "role", in.Role, "by", actorOf(ctx))
	if in.Send {
		added.Invited, err = s.invite(ctx, ws, guest, mayHelp)
	}
	return added, err
}

// mayRenew reports whether whoever asks may hand out a link to a person's account.
// Such a link opens every workspace the person belongs to. So an owner of one
// workspace gets none for somebody who also belongs to another, unless the whole
// house is theirs.
func (s *Server) mayRenew(ctx context.Context, tx *store.Tx, user store.User, ws store.WorkspaceID) (bool, error) {
	who := front.RequestOf(ctx).Who
	if who != nil && (who.Open || who.User.InstanceOwner) {
		return true, nil
	}
	if user.InstanceOwner {
		return false, nil
	}
	others, err := tx.Members.Of(ctx, user.ID)
	if err != nil {
		return false, err
	}
	for _, m := range others {
		if m.Workspace != ws {
			return false, nil
		}
	}
	return true, nil
}

// memberError tells what only concerns people.
func memberError(err error) error {
	if errors.As(err, new(store.ErrLastOwner)) {
		return front.Refuse(http.StatusConflict, words.T(
			"オーナーがいなくなってしまいます。先に、ほかの人をオーナーにしてください。",
			"There would be no owner left. Make somebody else an owner first."))
	}
	return err
}

func (s *Server) changeMember(ctx context.Context, of OfMember, change MemberChange) error {
	ws, err := s.memberOf(ctx, of)
	if err != nil {
		return err
	}
	user := store.UserID(of.ID)
	return memberError(s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if change.Role != "" {
			if err := tx.Members.Put(ctx, ws.ID, user, change.Role); err != nil {
				return err
			}
		}
		if change.Department != nil {
			if err := tx.Members.Place(ctx, ws.ID, user, front.Clean(*change.Department)); err != nil {
				return err
			}
		}
		if change.Export == nil {
			return nil
		}
		return tx.Members.Allow(ctx, ws.ID, user, change.Export)
	}))
}

// memberOf is the workspace, after making sure that the member belongs to it.
func (s *Server) memberOf(ctx context.Context, of OfMember) (store.Workspace, error) {
	ws, err := s.workspace(ctx, of.Workspace)
	if err != nil {
		return store.Workspace{}, err
	}
	if !front.IsName(of.ID) {
		return store.Workspace{}, store.ErrNotFound{What: "member", Name: of.ID}
	}
	_, err = s.deps.Store.Members.Role(ctx, ws.ID, store.UserID(of.ID))
	return ws, err
}

func (s *Server) removeMember(ctx context.Context, of OfMember) error {
	ws, err := s.memberOf(ctx, of)
	if err != nil {
		return err
	}
	if err := s.deps.Store.Members.Remove(ctx, ws.ID, store.UserID(of.ID)); err != nil {
		return memberError(err)
	}
	front.RequestOf(ctx).Log.Info("member removed", "workspace", ws.ID, "user", of.ID, "by", actorOf(ctx))
	return nil
}

func (s *Server) renewLink(ctx context.Context, of OfMember) (EntryLink, error) {
	ws, err := s.memberOf(ctx, of)
	if err != nil {
		return EntryLink{}, err
	}
	var link EntryLink
	err = s.deps.Store.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		user, err := tx.Users.Get(ctx, store.UserID(of.ID))
		if err != nil {
			return err
		}
		may, err := s.mayRenew(ctx, tx, user, ws.ID)
		if err != nil {
			return err
		}
		if !may {
			return front.Refuse(http.StatusForbidden, words.T(
				"この人はほかのワークスペースにもいるので、ここからはパスワードを決めなおせません。Shirubeを開いた人に頼んでください。",
				"This person belongs to other workspaces too, so a new password cannot be arranged from here. Ask whoever set up this Shirube."))
		}
		link.URL, link.ExpiresAt, err = s.entryLink(ctx, tx.EntryLinks, user.ID, memberLinkLife, false)
		return err
	})
	if err == nil {
		front.RequestOf(ctx).Log.Info("entry link made", "workspace", ws.ID, "user", of.ID, "by", actorOf(ctx))
	}
	return link, err
}

// actorOf names in the log who did something.
func actorOf(ctx context.Context) string {
	if who := front.RequestOf(ctx).Who; who != nil {
		return string(who.User.ID)
	}
	return ""
}
