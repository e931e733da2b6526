package contact

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/shirube/shirube/internal/words"
)

// Column is what a column of a list means: one of the names below, or PropertyColumn+key.
type Column string

// What columns mean.
const (
	ColumnSkip    Column = ""
	ColumnAddress Column = "address"
	ColumnName    Column = "name"
	ColumnFamily  Column = "family"
	ColumnGiven   Column = "given"
	ColumnUser    Column = "user"
	ColumnTags    Column = "tags"
	// PropertyColumn stands before the key of a property.
	PropertyColumn = "property:"
)

// headers are how lists call what is known, without spaces and in lower case.
var headers = map[string]Column{
	"メールアドレス": ColumnAddress, "メール": ColumnAddress, "eメール": ColumnAddress, "email": ColumnAddress, "e-mail": ColumnAddress, "mail": ColumnAddress,
	"emailaddress": ColumnAddress, "mailaddress": ColumnAddress, "アドレス": ColumnAddress, "e-mailアドレス": ColumnAddress, "eメールアドレス": ColumnAddress, "電子メール": ColumnAddress,
	"氏名": ColumnName, "名前": ColumnName, "お名前": ColumnName, "担当者名": ColumnName, "担当者": ColumnName, "ご担当者名": ColumnName, "name": ColumnName, "fullname": ColumnName, "contactname": ColumnName,
	"姓": ColumnFamily, "苗字": ColumnFamily, "名字": ColumnFamily, "lastname": ColumnFamily, "familyname": ColumnFamily, "surname": ColumnFamily,
	"名": ColumnGiven, "firstname": ColumnGiven, "givenname": ColumnGiven,
	"会社名": PropertyColumn + PropertyCompany, "会社": PropertyColumn + PropertyCompany, "企業名": PropertyColumn + PropertyCompany, "法人名": PropertyColumn + PropertyCompany,
	"社名": PropertyColumn + PropertyCompany, "貴社名": PropertyColumn + PropertyCompany, "勤務先": PropertyColumn + PropertyCompany, "company": PropertyColumn + PropertyCompany,
	"companyname": PropertyColumn + PropertyCompany, "organization": PropertyColumn + PropertyCompany, "organisation": PropertyColumn + PropertyCompany, "account": PropertyColumn + PropertyCompany, "accountname": PropertyColumn + PropertyCompany,
	"部署": PropertyColumn + "department", "部署名": PropertyColumn + "department", "所属": PropertyColumn + "department", "department": PropertyColumn + "department",
	"役職": PropertyColumn + "title", "役職名": PropertyColumn + "title", "肩書": PropertyColumn + "title", "title": PropertyColumn + "title", "jobtitle": PropertyColumn + "title", "position": PropertyColumn + "title",
	"電話": PropertyColumn + "phone", "電話番号": PropertyColumn + "phone", "tel": PropertyColumn + "phone", "phone": PropertyColumn + "phone", "phonenumber": PropertyColumn + "phone", "携帯": PropertyColumn + "phone", "携帯電話": PropertyColumn + "phone",
	"郵便番号": PropertyColumn + "postcode", "住所": PropertyColumn + "place", "都道府県": PropertyColumn + "prefecture", "業種": PropertyColumn + "industry", "従業員数": PropertyColumn + "employees",
	"ユーザーid": ColumnUser, "会員id": ColumnUser, "会員番号": ColumnUser, "顧客id": ColumnUser, "userid": ColumnUser, "customerid": ColumnUser, "memberid": ColumnUser,
	"タグ": ColumnTags, "tags": ColumnTags, "tag": ColumnTags, "ラベル": ColumnTags,
}

// GuessColumns proposes what the columns of a list mean by their names. What it does not
// know becomes a property of that name; a meaning is given to the first column that has it.
func GuessColumns(header []string) []Column {
	columns := make([]Column, len(header))
	taken := map[Column]bool{}
	for i, name := range header {
		key := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '_' || r == '*' || r == '※' {
				return -1
			}
			return unicode.ToLower(r)
		}, norm.NFKC.String(name))
		column, known := headers[key]
		if !known && CheckKey(Clip(strings.TrimSpace(name), MaxKey)) == nil {
			column = Column(PropertyColumn + Clip(strings.TrimSpace(name), MaxKey))
		}
		if column != ColumnSkip && !taken[column] {
			columns[i], taken[column] = column, true
		}
	}
	return columns
}

// Known reports whether a column means something that can be read.
func (c Column) Known() bool {
	switch c {
	case ColumnSkip, ColumnAddress, ColumnName, ColumnFamily, ColumnGiven, ColumnUser, ColumnTags:
		return true
	}
	key, property := strings.CutPrefix(string(c), PropertyColumn)
	return property && CheckKey(key) == nil
}

// CellProblem is what is wrong in one cell of a row.
type CellProblem struct {
	Column int
	What   words.Text
}

// ReadRow reads one row of a list. A row that says neither an address nor a user id is a
// problem of its first cell. The moment is the caller's to set.
func ReadRow(columns []Column, cells []string) (Sighting, []CellProblem) {
	var s Sighting
	var problems []CellProblem
	var family, given string
	fail := func(i int, what words.Text) { problems = append(problems, CellProblem{i, what}) }
	for i, column := range columns {
		if i >= len(cells) {
			break
		}
		cell := strings.TrimSpace(cells[i])
		if cell == "" {
			continue
		}
		switch column {
		case ColumnSkip:
		case ColumnAddress:
			a, err := ParseAddress(cell)
			if wrong, ok := err.(*AddressError); ok {
				fail(i, wrong.What)
			}
			s.Address = a.Written
		case ColumnName:
			s.Name = Clip(cell, MaxName)
		case ColumnFamily:
			family = cell
		case ColumnGiven:
			given = cell
		case ColumnUser:
			if len(cell) > MaxIdentity || !plain(cell) {
				fail(i, words.T("IDが長すぎるか、使えない文字があります（%dバイトまで）。", "The id is too long or holds characters that cannot be kept (up to %d bytes).", MaxIdentity))
				continue
			}
			s.UserID = cell
		case ColumnTags:
			for tag := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(",、;|", r) }) {
				clean, err := CleanTag(tag)
				if wrong, ok := err.(*ValueError); ok {
					fail(i, wrong.What)
					continue
				}
				s.Tags = append(s.Tags, clean)
			}
		default:
			v := ReadText(cell)
			if err, ok := v.Check().(*ValueError); ok {
				fail(i, err.What)
				continue
			}
			s.set(strings.TrimPrefix(string(column), PropertyColumn), v)
		}
	}
	if s.Name == "" && family+given != "" {
		s.Name = Clip(strings.TrimSpace(fullName(given, family)), MaxName)
	}
	if len(problems) == 0 && s.Address == "" && s.UserID == "" {
		fail(0, words.T("メールアドレスもIDもない行です。", "The row has neither an address nor an id."))
	}
	return s, problems
}
