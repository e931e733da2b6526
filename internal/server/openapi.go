package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/shirube/shirube/internal/server/front"
)

// OpenAPI is the description of the API (OpenAPI 3.1, JSON, ending in a newline):
// the same bytes for the same code. No server and no database is opened.
func OpenAPI() ([]byte, error) {
	s := &Server{}
	api := s.describe(http.NewServeMux())
	compact, err := json.Marshal(api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("marshal OpenAPI: %w", err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, compact, "", "  "); err != nil {
		return nil, fmt.Errorf("indent OpenAPI: %w", err)
	}
	pretty.WriteByte('\n')
	return pretty.Bytes(), nil
}

// describe registers every resource of the API on a mux.
func (s *Server) describe(mux *http.ServeMux) huma.API {
	config := huma.DefaultConfig("Shirube", "1")
	config.Info.Description = "Goals, the numbers that lead to them, and where they stand."
	config.CreateHooks = nil // no $schema key in replies
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.OpenAPIPath = "/api/openapi"
	config.DocsPath, config.SchemasPath = "", "" // the library's page loads scripts from elsewhere
	api := humago.New(mux, config)
	api.UseMiddleware(s.permit)
	for _, register := range []func(huma.API){
		s.registerFocus, s.registerReviews,
		s.registerHealth, s.registerAccount, s.registerWelcome, s.registerSignInLinks, s.registerHouse, s.registerPeople, s.registerKeys, s.registerGoals, s.registerWorkspaces, s.registerTemplates, s.registerMap,
		s.registerModel, s.registerEdit, s.registerVersions, s.registerSources, s.registerUploads, s.registerConnections, s.registerBackfill,
		s.registerViews, s.registerReports, s.registerWhatIf, s.registerAsk, s.registerReview, s.registerScenarios, s.registerScreening, s.registerScorekeeping,
		s.registerMeasure, s.registerEntries, s.registerPrivacy, s.registerIntake, s.registerPeopleSegments, s.registerContacts, s.registerAutomations, s.registerEffect, s.registerWordings, s.registerInitiatives, s.registerScores, s.registerForms, s.registerMail, s.registerLaw, s.registerActivity, s.registerHandover,
		s.registerQuestions,
		s.registerReportOrders,
		s.registerAlerts,
		s.registerAgreement,
	} {
		register(api)
	}
	front.DescribeNeeds(api)
	front.DescribeNulls(api.OpenAPI().Components.Schemas)
	return api
}

// schemaName is what a type is called in the description. The rooms of acting and sharing
// speak the same words of different things (a form's consent, a condition's): theirs begin
// with the name of the room.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	room, found := strings.CutPrefix(t.PkgPath(), "github.com/shirube/shirube/internal/act/")
	if !found {
		room, found = strings.CutPrefix(t.PkgPath(), "github.com/shirube/shirube/internal/share/")
	}
	if !found || t.Name() == "" {
		return name
	}
	return strings.ToUpper(room[:1]) + strings.ReplaceAll(room[1:], "/", "") + name
}
