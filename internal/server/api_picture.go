package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shirube/shirube/internal/share/access"
	"github.com/shirube/shirube/internal/share/picture"
	"github.com/shirube/shirube/internal/words"
)

const svgType = "image/svg+xml"

func (s *Server) registerPicture(api huma.API) {
	huma.Register(api, bounded(huma.Operation{
		OperationID: "draw-map", Metadata: needs(access.Export), Method: http.MethodGet, Path: "/api/workspaces/{ws}/map.svg",
		Summary: "The map as a picture: an SVG file without script", Tags: []string{"map"}, Responses: fileResponses(svgType),
	}), func(ctx context.Context, in *struct {
		InWorkspace
		At
		Lang
	}) (*FileOutput, error) {
		return s.pictureFile(ctx, in.Workspace, in.At, in.words())
	})
}

func (s *Server) pictureFile(ctx context.Context, slug string, at At, lang words.Lang) (*FileOutput, error) {
	day, err := at.day()
	if err != nil {
		return nil, err
	}
	ws, err := s.workspace(ctx, slug)
	if err != nil {
		return nil, err
	}
	look := lookAt{version: at.Version, asOf: day, lang: lang, shown: "picture"}
	done, err := s.boards.reply(ctx, ws, "", look, func(_ context.Context, b *board, at moment) (any, error) {
		reply, _ := b.mapReply(at)
		return drawn{reply.Model.Name + " " + reply.AsOf.String() + ".svg", picture.SVG(picture.Draw(pictureOf(reply, at.lang)))}, nil
	})
	if err != nil {
		return nil, err
	}
	var kept drawn
	if err := json.Unmarshal(done.plain, &kept); err != nil {
		return nil, fmt.Errorf("read the picture of %q: %w", ws.Slug, err)
	}
	return &FileOutput{svgType, "attachment; filename*=UTF-8''" + pathEscape(kept.Name), kept.Content}, nil
}

// drawn is a picture as it is kept among the replies.
type drawn struct {
	Name    string
	Content []byte
}
