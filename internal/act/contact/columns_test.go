package contact_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/internal/act/contact"
)

func TestColumnsOfLists(t *testing.T) {
	t.Parallel()
	got := contact.GuessColumns([]string{"会社名", "姓", "名", "メール アドレス※", "E-mail", "Ｔｅｌ", "備考", ""})
	want := []contact.Column{"property:company", "family", "given", "address", "", "property:phone", "property:備考", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]contact.Column{"given", "family", "address", "property:title", "user"}, contact.GuessColumns([]string{"First Name", "Last Name", "Email Address", "Job title", "user_id"})); diff != "" {
		t.Error(diff)
	}
	s, problems := contact.ReadRow(got, []string{"東海精機", "田中", "美咲", "ＴＡＮＡＫＡ@tokai.co.jp", "", "052-000-0000", ""})
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(contact.Sighting{Address: "TANAKA@tokai.co.jp", Name: "田中 美咲", Properties: map[string]contact.Value{
		"company": contact.TextValue("東海精機"), "phone": contact.TextValue("052-000-0000")}}, s); diff != "" {
		t.Error(diff)
	}
	for _, row := range [][]string{{"東海精機", "田中"}, {"", "", "", "tanaka"}, {"", "", "", "a@x.jp", "", "\x00"}} {
		if _, problems := contact.ReadRow(got, row); len(problems) != 1 || problems[0].What.EN == "" {
			t.Errorf("%q: %+v", row, problems)
		}
	}
	tagged, problems := contact.ReadRow([]contact.Column{"user", "tags"}, []string{"7", "展示会、既存,x"})
	if len(problems) != 0 || len(tagged.Tags) != 3 {
		t.Errorf("%+v %+v", tagged, problems)
	}
	for column, known := range map[contact.Column]bool{"address": true, "": true, "property:x": true, "property:": false, "owner": false} {
		if column.Known() != known {
			t.Errorf("%q", column)
		}
	}
}
