package channel

// Default is the order in which ways in are decided where a workspace has no rules of its
// own.
var Default = Rules{
	{Channel: CrossNetwork, When: []Condition{{"campaign", "contains", []string{"cross-network"}}}},
	{Channel: Offline, When: []Condition{{"medium", "is", []string{"qr", "offline", "leaflet", "flyer", "print", "event", "exhibition", "card", "チラシ", "展示会", "名刺"}}}},
	{Channel: Email, When: []Condition{{"medium", "is", emails}}},
	{Channel: Email, When: []Condition{{"source", "is", emails}}},
	{Channel: Email, When: []Condition{{"kind", "is", []string{"mail"}}}},
	{Channel: Message, When: []Condition{{"medium", "is", []string{"sms", "line", "message", "chat"}}}},
	{Channel: Message, When: []Condition{{"medium", "ends", []string{"push"}}}},
	{Channel: Message, When: []Condition{{"medium", "contains", []string{"notification"}}}},
	{Channel: Message, When: []Condition{{"source", "is", []string{"sms", "firebase"}}}},
	{Channel: Affiliate, When: []Condition{{"medium", "is", []string{"affiliate", "affiliates", "アフィリエイト"}}}},
	{Channel: Affiliate, When: []Condition{{"kind", "is", []string{"affiliate"}}}},
	{Channel: Audio, When: []Condition{{"medium", "is", []string{"audio", "podcast"}}}},
	{Channel: Display, When: []Condition{{"medium", "is", []string{"display", "banner", "expandable", "interstitial", "cpm"}}}},
	{Channel: PaidShopping, When: []Condition{{"kind", "is", []string{"shopping"}}, {"paid", "is", []string{"yes"}}}},
	{Channel: PaidShopping, When: []Condition{{"campaign", "contains", []string{"shopping"}}, {"paid", "is", []string{"yes"}}}},
	{Channel: PaidSearch, When: []Condition{{"kind", "is", []string{"search"}}, {"paid", "is", []string{"yes"}}}},
	{Channel: PaidSocial, When: []Condition{{"kind", "is", []string{"social", "message"}}, {"paid", "is", []string{"yes"}}}},
	{Channel: PaidVideo, When: []Condition{{"kind", "is", []string{"video"}}, {"paid", "is", []string{"yes"}}}},
	{Channel: PaidSearch, When: []Condition{{"click", "is", []string{"gclid", "gbraid", "wbraid", "msclkid", "yclid"}}, {"paid", "is", []string{"yes"}}, {"source", "is", []string{""}}}},
	{Channel: PaidSocial, When: []Condition{{"click", "is", []string{"ttclid", "twclid", "ldtag_cl", "li_fat_id"}}, {"paid", "is", []string{"yes"}}, {"source", "is", []string{""}}}},
	{Channel: PaidOther, When: []Condition{{"paid", "is", []string{"yes"}}}},
	{Channel: Assistant, When: []Condition{{"kind", "is", []string{"ai"}}}},
	{Channel: Shopping, When: []Condition{{"kind", "is", []string{"shopping"}}}},
	{Channel: Message, When: []Condition{{"kind", "is", []string{"message"}}}},
	{Channel: Video, When: []Condition{{"kind", "is", []string{"video"}}}},
	{Channel: Video, When: []Condition{{"medium", "contains", []string{"video"}}}},
	{Channel: Social, When: []Condition{{"kind", "is", []string{"social"}}}},
	{Channel: Social, When: []Condition{{"medium", "is", []string{"social", "social-network", "social-media", "sm", "social network", "social media", "sns"}}}},
	{Channel: Social, When: []Condition{{"click", "is", []string{"fbclid", "igshid"}}}},
	{Channel: Search, When: []Condition{{"kind", "is", []string{"search"}}}},
	{Channel: Search, When: []Condition{{"medium", "is", []string{"organic"}}}},
	{Channel: News, When: []Condition{{"kind", "is", []string{"news"}}}},
	{Channel: News, When: []Condition{{"medium", "is", []string{"press", "pr", "news"}}}},
	{Channel: Referral, When: []Condition{{"medium", "is", []string{"referral", "app", "link", "web"}}}},
}

var emails = []string{"email", "e-mail", "e_mail", "e mail", "mail", "mailmagazine", "newsletter", "メール", "メルマガ"}
