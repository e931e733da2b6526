package mail

// Compiled is a template that was found right: it is written for people as often as
// wanted, by several at once.
type Compiled struct {
	Stream    string
	Topic     string
	Subject   string   // as the author wrote it, for lists
	Links     []string // the addresses in it, as the author wrote them; their order is their number
	subject   program
	html      program
	text      program
	addresses []program
}

// Recipient is what differs from mail to mail.
type Recipient struct {
	Person Person
	// Link turns an address of the mail into the one that is written, so that following
	// it can be counted; nil writes it as it is. n is its number in Compiled.Links.
	Link func(n int, address string) string
	// Unsubscribe is the page on which one refuses. Marketing needs it.
	Unsubscribe string
	// Preferences is the page on which one chooses topics; "" there is none.
	Preferences string
	// Pixel counts openings; Honey is an address no person sees, whoever follows it is a
	// machine. "" leaves them out.
	Pixel, Honey string
}

// Rendered is one person's mail.
type Rendered struct {
	Subject string
	HTML    []byte
	Text    []byte
}

// Render writes the mail of one person. The buffers of a Rendered that is handed in are
// used again.
func (c *Compiled) Render(r *Recipient, into *Rendered) {
	var scratch [256]byte
	into.Subject = OneLine(string(c.append(scratch[:0], &c.subject, r, asText)))
	into.HTML = c.append(into.HTML[:0], &c.html, r, asHTML)
	into.Text = c.append(into.Text[:0], &c.text, r, asText)
}

// append runs a program. how is the language of the part: sections know no other.
func (c *Compiled) append(dst []byte, p *program, r *Recipient, how escape) []byte {
	for i := range p.steps {
		s := &p.steps[i]
		dst = append(dst, s.literal...)
		if s.hole != nil {
			v := s.hole.value(r.Person)
			switch s.escape {
			case asHTML:
				dst = appendHTML(dst, v)
			case asQuery:
				dst = appendQuery(dst, v)
			default:
				dst = append(dst, v...)
			}
		}
		if s.section != sectionNone {
			dst = c.section(dst, s, r, how)
		}
	}
	return dst
}

func (c *Compiled) section(dst []byte, s *step, r *Recipient, how escape) []byte {
	address := func(a string) []byte {
		if how == asHTML {
			return appendHTML(dst, a)
		}
		return append(dst, a...)
	}
	switch s.section {
	case sectionLink:
		to := string(c.append(nil, &c.addresses[s.link], r, asText))
		if r.Link != nil {
			to = r.Link(s.link, to)
		}
		return address(to)
	case sectionUnsubscribe:
		return address(r.Unsubscribe)
	case sectionPreferences:
		return address(r.Preferences)
	case sectionHoney:
		if r.Honey != "" {
			dst = append(dst, `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true"><a href="`...)
			dst = appendHTML(dst, r.Honey)
			dst = append(dst, `" tabindex="-1" rel="nofollow"></a></div>`...)
		}
	case sectionPixel:
		if r.Pixel != "" {
			dst = append(dst, `<img src="`...)
			dst = appendHTML(dst, r.Pixel)
			dst = append(dst, `" width="1" height="1" alt="" style="display:block;border:0;width:1px;height:1px">`...)
		}
	}
	return dst
}
