package access

import "github.com/shirube/shirube/internal/words"

// Role is what somebody is in a workspace. The values are stored.
type Role string

// The roles, each may do what those after it may do.
const (
	Owner  Role = "owner"  // answers for the workspace: people, keys, its end
	Editor Role = "editor" // changes the map and what is shown to others
	Member Role = "member" // brings numbers in, tries things out, keeps what was found
	Viewer Role = "viewer" // sees everything but single people's visits, changes nothing
	Guest  Role = "guest"  // sees the map
)

// Roles is every role, the one that may do most first.
var Roles = []Role{Owner, Editor, Member, Viewer, Guest}

// rank is 0 for what is no role.
func (r Role) rank() int {
	for i, known := range Roles {
		if r == known {
			return len(Roles) - i
		}
	}
	return 0
}

// Known reports whether it is one of the roles.
func (r Role) Known() bool { return r.rank() > 0 }

// AtLeast reports whether the role may do all that another may.
func (r Role) AtLeast(other Role) bool { return r.Known() && r.rank() >= other.rank() }

// MayExport reports whether somebody of the role may take things out of the house as files.
// told is what was settled for them by name; nil: guests may not, all others may. An owner,
// who settles it, always may.
func (r Role) MayExport(told *bool) bool {
	switch {
	case r == Owner:
		return true
	case told != nil:
		return r.Known() && *told
	}
	return r.AtLeast(Viewer)
}

var roleNames = map[Role]words.Text{
	Owner:  words.T("オーナー", "Owner"),
	Editor: words.T("編集者", "Editor"),
	Member: words.T("メンバー", "Member"),
	Viewer: words.T("閲覧者", "Viewer"),
	Guest:  words.T("ゲスト", "Guest"),
}

// In is the role's name for people.
func (r Role) In(lang words.Lang) string { return roleNames[r].In(lang) }
