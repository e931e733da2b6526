package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/deliver/paper"
	"github.com/shirube/shirube/internal/server/front"
	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/picture"
	"github.com/shirube/shirube/internal/words"
)

const (
	svgType = "image/svg+xml"
	pngType = "image/png"
)

func (s *Server) registerPicture(api huma.API) {
	for _, kind := range []pictureKind{
		{"export-map", "svg", svgType, "The map as a picture: an SVG file without script", func(d picture.Drawing) ([]byte, error) { return picture.SVG(d), nil }},
		{"export-map-image", "png", pngType, "The map as a picture: a PNG file, for slides and chats", s.painted},
	} {
		huma.Register(api, front.Bounded(huma.Operation{
			OperationID: kind.operation, Metadata: front.Needs(access.Export), Method: http.MethodGet, Path: "/api/workspaces/{ws}/map." + kind.ending,
			Summary: kind.summary, Tags: []string{"map"}, Responses: fileResponses(kind.mime),
		}), func(ctx context.Context, in *struct {
			front.InWorkspace
			front.At
			front.Lang
		}) (*FileOutput, error) {
			return s.pictureFile(ctx, in.Workspace, in.At, in.Words(), kind)
		})
	}
}

// pictureKind is a kind of file the map's drawing is put into.
type pictureKind struct {
	operation, ending, mime, summary string
	write                            func(picture.Drawing) ([]byte, error)
}

// painted is a drawing as a PNG. A picture takes tens of megabytes while it is painted: they
// are painted one after another.
func (s *Server) painted(d picture.Drawing) ([]byte, error) {
	s.painting <- struct{}{}
	defer func() { <-s.painting }()
	return paper.Picture(d)
}

func (s *Server) pictureFile(ctx context.Context, slug string, at front.At, lang words.Lang, kind pictureKind) (*FileOutput, error) {
	day, err := at.Day()
	if err != nil {
		return nil, err
	}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	look := lookAt{version: at.Version, asOf: day, lang: lang, shown: "picture " + kind.ending}
	done, err := s.boards.reply(ctx, ws, "", look, func(_ context.Context, b *board, at moment) (any, error) {
		reply, _ := b.mapReply(at)
		content, err := kind.write(picture.Draw(pictureOf(reply, at.lang)))
		return drawn{reply.Model.Name + " " + reply.AsOf.String() + "." + kind.ending, content}, err
	})
	if err != nil {
		return nil, err
	}
	var kept drawn
	if err := json.Unmarshal(done.plain, &kept); err != nil {
		return nil, fmt.Errorf("read the picture of %q: %w", ws.Slug, err)
	}
	return &FileOutput{kind.mime, "attachment; filename*=UTF-8''" + pathEscape(kept.Name), kept.Content}, nil
}

// drawn is a picture as it is kept among the replies.
type drawn struct {
	Name    string
	Content []byte
}
