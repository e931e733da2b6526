package automation

import (
	"errors"
	"fmt"

	json "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/shirube/shirube/internal/words"
)

// Parse reads a definition as it is written in JSON. Nothing is guessed: a key nobody knows
// or one that is there twice is told with its place. The error is Faults; what Check finds
// is told at once with it.
func Parse(text []byte) (*Definition, error) {
	if len(text) > MaxBytes {
		return nil, Faults{{What: words.T("自動化の定義が大きすぎます(%d KBまで)。", "The automation is too large (at most %d kB).", MaxBytes>>10)}}
	}
	var d Definition
	if err := json.Unmarshal(text, &d, json.RejectUnknownMembers(true)); err != nil {
		return nil, Faults{unreadable(err)}
	}
	if faults := Check(&d); len(faults) > 0 {
		return nil, faults
	}
	return &d, nil
}

// Read reads a definition that was kept: it was checked when it came.
func Read(text []byte) (*Definition, error) {
	var d Definition
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("read definition of an automation: %w", err)
	}
	if len(d.Steps) == 0 {
		return nil, errors.New("read definition of an automation: it has no steps")
	}
	return &d, nil
}

// Write is the JSON of a definition.
func Write(d *Definition) ([]byte, error) {
	text, err := json.Marshal(d, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write definition of an automation: %w", err)
	}
	return text, nil
}

func unreadable(err error) Fault {
	if found, ok := errors.AsType[*json.SemanticError](err); ok {
		if errors.Is(err, json.ErrUnknownName) {
			return Fault{
				Place: string(found.JSONPointer), What: words.T("知らない項目です。", "Nobody knows this key."),
				Mend: words.T("つづりを確かめるか、消してください。", "Check its spelling, or remove it."),
			}
		}
		return Fault{
			Place: string(found.JSONPointer), What: words.T("この値は読めません。", "This value cannot be read."),
			Mend: words.T("文字・数・一覧のどれを書く場所か確かめてください。", "Check whether a text, a number or a list belongs here."),
		}
	}
	if found, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return Fault{
			Place: string(found.JSONPointer), What: words.T("JSONとして読めません(%d文字目のあたり)。", "This is no valid JSON (near byte %d).", found.ByteOffset+1),
			Mend: words.T("かっことカンマ、同じ項目の重なりを確かめてください。", "Check brackets, commas, and keys that are there twice."),
		}
	}
	return Fault{What: words.T("JSONとして読めません。", "This is no valid JSON.")}
}
