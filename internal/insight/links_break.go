package insight

// breakOf is the latest break of a link, in days.
func (t *tested) breakOf() *Break { return nil }

// trackingOf is what looks like the counting, not the relation.
func (t *tested) trackingOf() []Tracking { return []Tracking{} }
