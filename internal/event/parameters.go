package event

// use is what a query parameter is for.
type use uint8

const (
	forThePage  use = iota // part of the page's address: kept
	forCampaign            // utm_…: read, and taken out
	forClick               // an advertiser's click id: its name is kept, its value not
	forNobody              // passes people along, or must not be written down
)

// parameters are the query parameters that are not part of a page's address. What a click id
// names is a person's click at an advertiser; that there was one is all we need.
var parameters = map[string]use{}

// ClickIDs names the click ids that are recognised, with the advertiser's.
var ClickIDs = []struct{ Parameter, Advertiser string }{
	{"gclid", "Google Ads"}, {"gbraid", "Google Ads"}, {"wbraid", "Google Ads"}, {"dclid", "Google Display & Video 360"},
	{"yclid", "Yahoo!広告"}, {"ldtag_cl", "LINE広告"}, {"fbclid", "Meta"}, {"igshid", "Instagram"}, {"igsh", "Instagram"},
	{"ttclid", "TikTok"}, {"twclid", "X"}, {"msclkid", "Microsoft Advertising"}, {"li_fat_id", "LinkedIn"},
	{"epik", "Pinterest"}, {"rdt_cid", "Reddit"}, {"sccid", "Snapchat"}, {"scclid", "Snapchat"}, {"qclid", "Quora"},
	{"ob_click_id", "Outbrain"}, {"obclid", "Outbrain"}, {"tblci", "Taboola"}, {"cto_pld", "Criteo"},
	{"a8", "A8.net"}, {"vc_vcid", "バリューコマース"}, {"smclid", "SmartNews Ads"},
}

func init() {
	for _, id := range ClickIDs {
		parameters[id.Parameter] = forClick
	}
	for _, name := range []string{"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"} {
		parameters[name] = forCampaign
	}
	// Followers of people between sites and mails, of no use to a report.
	for _, name := range []string{
		"utm_id", "utm_name", "utm_source_platform", "utm_creative_format", "utm_marketing_tactic",
		"_ga", "_gl", "_gac", "gclsrc", "gad_source", "gad_campaignid", "srsltid",
		"mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking",
		"vero_id", "_kx", "oly_anon_id", "oly_enc_id", "s_cid", "rb_clickid", "yjr", "_openstat",
	} {
		parameters[name] = forNobody
	}
	// What pages wrongly carry in their address: people, and keys to their accounts.
	for _, name := range []string{
		"email", "mail", "e-mail", "mailaddress", "mail_address", "tel", "phone", "telephone", "mobile",
		"password", "passwd", "pwd", "pass", "token", "access_token", "id_token", "refresh_token", "auth", "auth_token",
		"authorization", "code", "state", "session", "sessionid", "session_id", "sid", "phpsessid", "jsessionid",
		"api_key", "apikey", "secret", "signature", "sig", "otp", "reset_token", "invitation_token", "confirmation_token",
		"firstname", "first_name", "lastname", "last_name", "fullname", "full_name", "birthday", "address", "creditcard",
	} {
		parameters[name] = forNobody
	}
}
