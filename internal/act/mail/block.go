package mail

// Streams of mail. They are kept apart all the way: other senders, other connections.
const (
	Marketing     = "marketing"
	Transactional = "transactional"
)

// Template is a mail before it is somebody's.
type Template struct {
	Name   string `json:"name" maxLength:"100"`
	Stream string `json:"stream" enum:"marketing,transactional"`
	// Topic is what one can refuse by itself; "" the mail belongs to no topic.
	Topic     string  `json:"topic,omitempty" maxLength:"80"`
	Lang      string  `json:"lang" enum:"ja,en" doc:"of the mail: the footer speaks it"`
	Subject   string  `json:"subject" maxLength:"400"`
	Preheader string  `json:"preheader,omitempty" maxLength:"400" doc:"what an inbox shows after the subject"`
	Accent    string  `json:"accent,omitempty" maxLength:"7" doc:"colour of buttons and links, like #1f6feb"`
	Promotion bool    `json:"promotion,omitempty" doc:"says at the top that it is an advertisement"`
	Blocks    []Block `json:"blocks" maxItems:"100"`
}

// Kind is what a block shows.
type Kind string

// The kinds of block.
const (
	Heading Kind = "heading"
	Text    Kind = "text"
	Button  Kind = "button"
	Image   Kind = "image"
	Divider Kind = "divider"
	Columns Kind = "columns"
	Spacer  Kind = "spacer"
	List    Kind = "list"
	Quote   Kind = "quote"
)

// Block is one piece of a mail. Which fields count depends on the kind.
type Block struct {
	Kind Kind `json:"kind" enum:"heading,text,list,quote,button,image,divider,columns,spacer"`
	// Text of a heading, a text, a list (an item a line), a quote or a button, and what
	// stands for an image where none is shown. **bold**, [label](https://…) and {{key|fallback}} mean something in it.
	Text  string `json:"text,omitempty" maxLength:"20000"`
	Level int    `json:"level,omitempty" minimum:"0" maximum:"3" doc:"of a heading: 1 the largest; 0 is 2"`
	URL   string `json:"url,omitempty" maxLength:"2000" doc:"where a button or an image leads"`
	Src   string `json:"src,omitempty" maxLength:"2000" doc:"https address of an image"`
	Width int    `json:"width,omitempty" minimum:"0" maximum:"600" doc:"of an image, pixels; 0 is the whole width"`
	Align string `json:"align,omitempty" enum:"left,center,right"`
	// Height of a spacer in pixels; 0 is 24.
	Height   int    `json:"height,omitempty" minimum:"0" maximum:"200"`
	Numbered bool   `json:"numbered,omitempty" doc:"of a list: its items are counted"`
	By       string `json:"by,omitempty" maxLength:"200" doc:"of a quote: who said it"`
	// Columns are two or three lists of blocks beside each other; on a phone one under
	// the other. Columns do not nest.
	Columns [][]Block `json:"columns,omitempty" maxItems:"3"`
}

// Legal is what the law wants said of who sends.
type Legal struct {
	// Sender is the name of who is responsible; where somebody else sends for them, they
	// are the 送信委託者 and the agent is named in Agent.
	Sender string `json:"sender" maxLength:"200"`
	Agent  string `json:"agent,omitempty" maxLength:"200"`
	Postal string `json:"postal" maxLength:"400" doc:"postal address"`
	// Contact for complaints and questions: a telephone number, an address or a page.
	Contact string `json:"contact" maxLength:"400"`
	// Trade is the line of the 特定商取引法, or where it is written; "" no mail order.
	Trade string `json:"trade,omitempty" maxLength:"1000"`
}

// Limits of what a template may hold: more is no mail that anybody reads to the end, and
// Gmail cuts a mail of more than 102 kB.
const (
	maxSubject   = 400
	maxText      = 20_000
	maxBlocks    = 100
	maxURL       = 2_000
	maxBy        = 600   // bytes
	maxValue     = 1_000 // bytes of one value filled in
	ClippedBytes = 102_400
)
