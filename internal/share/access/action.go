package access

// Action is one kind of thing that can be done through the API. What may be done
// in a workspace has a least role; the first five stand outside of workspaces.
type Action string

// What can be done.
const (
	Anybody Action = "anybody" // needs no sign-in: health, signing in, pages opened by their link
	Browse  Action = "browse"  // needs somebody known: what lies before the workspaces, as far as it is theirs
	SignIn  Action = "sign-in" // needs somebody signed in: their own account
	Found   Action = "found"   // making a workspace
	Keep    Action = "keep"    // how the house writes and whom it lets in: whoever set it up

	SeeMap         Action = "see-map"         // the map, its indicators, what is said of them
	SeeNumbers     Action = "see-numbers"     // reports, the model, its history, where numbers come from
	SeeVisits      Action = "see-visits"      // what single visitors did, and exports of it: personal data
	SeeContacts    Action = "see-contacts"    // people with their names and addresses: personal data
	EditContacts   Action = "edit-contacts"   // change them, write notes, bring lists of them in
	ExportContacts Action = "export-contacts" // all of them as a file
	ExportVisits   Action = "export-visits"   // what single visitors did, and what they sent, as a file
	Export         Action = "export"          // numbers, the map, what is to be handed to others, as a file
	Try            Action = "try"             // keep what-ifs and segments, mute findings
	BringNumbers   Action = "bring-numbers"   // upload, import, type in
	EditModel      Action = "edit-model"      // the map and its rules
	ShareOut       Action = "share-out"       // read-only pages for people without sign-in
	SeePeople      Action = "see-people"      // who is here, and as what
	SeeKeys        Action = "see-keys"        // the write keys that websites carry
	Speak          Action = "speak"           // ask, answer, say how one understands the goal: a person's own word
	Decide         Action = "decide"          // what a review settles, what the team watches
	HandOver       Action = "hand-over"       // the map and its state as a pack for a professional outside
	Audit          Action = "audit"           // who changed what
	ManageKeys     Action = "manage-keys"     // write keys and API keys
	Manage         Action = "manage"          // people, connections to elsewhere, the workspace itself
)

// Scope is a part of the API that an API key opens.
type Scope string

// The scopes.
const (
	ScopeRead   Scope = "read"   // numbers and the map
	ScopeWrite  Scope = "write"  // changing the map, bringing numbers in
	ScopeEvents Scope = "events" // what single visitors did, and people by their names
)

// Scopes is every scope.
var Scopes = []Scope{ScopeRead, ScopeWrite, ScopeEvents}

// Known reports whether it is one of the scopes.
func (s Scope) Known() bool { return s == ScopeRead || s == ScopeWrite || s == ScopeEvents }

// rule is what an action asks for.
type rule struct {
	least Role  // "" outside of workspaces
	scope Scope // "" = not with an API key
	// export: something leaves the house as a file. Beside the role it takes the right to,
	// which a member has or has not (Role.MayExport).
	export bool
}

// rules is the table of permissions.
var rules = map[Action]rule{
	Anybody:        {},
	Browse:         {scope: ScopeRead},
	SignIn:         {},
	Found:          {},
	Keep:           {},
	SeeMap:         {least: Guest, scope: ScopeRead},
	SeeNumbers:     {least: Viewer, scope: ScopeRead},
	SeePeople:      {least: Viewer, scope: ScopeRead},
	SeeVisits:      {least: Member, scope: ScopeEvents},
	SeeContacts:    {least: Member, scope: ScopeEvents},
	EditContacts:   {least: Member, scope: ScopeEvents}, // what is changed is shown, too
	ExportContacts: {least: Editor, scope: ScopeEvents, export: true},
	ExportVisits:   {least: Member, scope: ScopeEvents, export: true},
	Export:         {least: Guest, scope: ScopeRead, export: true},
	Try:            {least: Member, scope: ScopeWrite},
	BringNumbers:   {least: Member, scope: ScopeWrite},
	SeeKeys:        {least: Member, scope: ScopeRead},
	EditModel:      {least: Editor, scope: ScopeWrite},
	ShareOut:       {least: Editor, scope: ScopeWrite},
	Speak:          {least: Guest}, // a program has no word of its own
	Decide:         {least: Editor},
	HandOver:       {least: Editor, export: true},
	Audit:          {least: Owner},
	ManageKeys:     {least: Owner}, // a key that makes keys could never be taken back
	Manage:         {least: Owner},
}

// Known reports whether it is one of the actions.
func (a Action) Known() bool { _, ok := rules[a]; return ok }

// Least is the least role that may do it; "" for what stands outside of workspaces.
func (a Action) Least() Role { return rules[a].least }

// Scope is what an API key needs to do it; "" where no key may.
func (a Action) Scope() Scope { return rules[a].scope }

// Exports reports whether it takes something out of the house as a file.
func (a Action) Exports() bool { return rules[a].export }

// May reports whether a role may do it in its workspace.
func (r Role) May(a Action) bool {
	asked, known := rules[a]
	return known && asked.least != "" && r.AtLeast(asked.least)
}
