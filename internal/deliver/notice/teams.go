package notice

// A workflow of Teams ("When a Teams webhook request is received") takes a message whose one
// attachment is an adaptive card; it takes no plain text and no older kind of card. What a
// TextBlock holds is read as markdown, so that a name could become a link: a TextRun is
// shown as it is.

type object = map[string]any

// mostTeams bounds a card: a message of more than 28 KB is refused.
const mostTeams = 6_000

// teamsMessage is a message as an adaptive card.
func teamsMessage(m Message) object {
	text := func(s string, more object) object {
		run := object{"type": "TextRun", "text": s}
		for k, v := range more {
			run[k] = v
		}
		return object{"type": "RichTextBlock", "inlines": []object{run}}
	}
	body := []object{text(clip(m.Title, 300), object{"weight": "Bolder", "size": "Medium"})}
	room := mostTeams
	for _, p := range m.Points {
		p = clip(p, max(2, min(room, longest)))
		if room -= len(p); room < 0 {
			break
		}
		body = append(body, text("・"+p, nil))
	}
	if m.Foot != "" {
		body = append(body, text(clip(m.Foot, 300), object{"isSubtle": true, "size": "Small"}))
	}
	card := object{"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
		"fallbackText": clip(m.Title, 300), "body": body, "msteams": object{"width": "Full"}}
	if m.Link != "" {
		card["actions"] = []object{{"type": "Action.OpenUrl", "title": clip(m.Button, 40), "url": m.Link}}
	}
	return object{"type": "message", "attachments": []object{{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil, "content": card}}}
}
