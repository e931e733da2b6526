package event

// Backlog is what lies in the inbox.
type Backlog struct {
	Batches int64
	Events  int64
	Bytes   int64  // of payloads
	Oldest  Millis // when the oldest batch was made durable; 0 without any
	Newest  int64  // seq of the newest batch; 0 without any
	Aside   int64  // batches that could not be read and were set aside
}

// Sightings are what a stretch of the inbox adds to the catalogue of what is seen:
// which names came, and which write keys are in use.
type Sightings struct {
	Names []NameSeen
	Keys  []KeySeen
	// Fingerprints are the message ids that were new, 64 bits each: what is kept to know
	// an event that comes a second time.
	Fingerprints []uint64
	// ForgetUpTo is the batch up to which older fingerprints are no longer needed; 0 keeps all.
	ForgetUpTo int64
}

// Seen is the fingerprints that were noted together.
type Seen struct {
	Seq          int64 // the last batch they came from
	Fingerprints []uint64
}

// NameSeen is how often a name came: of a tracked event, of a page (its path) or of a
// screen.
type NameSeen struct {
	Workspace   Workspace
	Kind        Kind // Track, Page or Screen
	Name        string
	Count       int64
	First, Last Millis // when it happened
}

// KeySeen is how much came in with a write key.
type KeySeen struct {
	Workspace   Workspace
	Key         string // its id
	Count       int64
	First, Last Millis // when it came in
}
