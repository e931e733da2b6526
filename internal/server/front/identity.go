package front

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/store"
)

// Identity is who a request comes from.
type Identity struct {
	Open   bool           // everybody on this machine, where nobody signs in
	User   store.User     // a person; zero for a key
	SignIn store.SignInID // of the person's browser
	Way    string         // they got in by
	Since  time.Time      // when they signed in
	Key    *store.APIKey  // a program
	Role   access.Role    // in the workspace of the request
	Export bool           // whether they may take things out of it as files
}

// AuthorOf is the name under which a change of this request is kept; "" where
// nobody signs in.
func AuthorOf(ctx context.Context) string {
	who := RequestOf(ctx).Who
	switch {
	case who == nil:
		return ""
	case who.Key != nil:
		return who.Key.Name + " (API)"
	}
	return who.User.Name
}

// SignedBy is whose name a change carries: of whoever signed in, else what was told.
func SignedBy(ctx context.Context, told string) string {
	if author := AuthorOf(ctx); author != "" {
		return author
	}
	return Clean(told)
}

// Person is whoever signed in; operations about their own account have nobody else.
func Person(ctx context.Context) (*Identity, error) {
	who := RequestOf(ctx).Who
	if who == nil || who.User.ID == "" {
		return nil, NotAllowed()
	}
	return who, nil
}

// PutCookie sets a cookie, in the place of one of the same name that was set before.
func PutCookie(answer http.Header, cookie http.Cookie) {
	kept := slices.DeleteFunc(answer.Values("Set-Cookie"), func(line string) bool { return strings.HasPrefix(line, cookie.Name+"=") })
	answer["Set-Cookie"] = append(kept, cookie.String())
}

// RoleOf is what whoever asks is in the workspace of the request.
func RoleOf(ctx context.Context) access.Role {
	who := RequestOf(ctx).Who
	switch {
	case who == nil:
		return ""
	case who.Open:
		return access.Owner
	case who.Key != nil:
		return access.Viewer
	}
	return who.Role
}
