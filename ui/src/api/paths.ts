import type * as api from "./types.ts";

/** One operation in the shape openapi-fetch reads. */
interface Operation<Path, Query, Body, Reply> {
  parameters: { query?: Query; header?: never; cookie?: never } & (Path extends undefined
    ? { path?: never }
    : { path: Path });
  requestBody?: Body extends never ? never : { content: { "application/json": Body } };
  responses: {
    200: { headers: Record<string, unknown>; content: { "application/json": Reply } };
    default: {
      headers: Record<string, unknown>;
      content: { "application/problem+json": api.Problem };
    };
  };
}

type None = undefined;
type Ws = { ws: string };
type Lang = { lang?: "ja" | "en" };
type At = Lang & { as_of?: string; version?: number };

/** The roads of the API; openapi.json names them the same. */
export interface paths {
  "/api/health": { get: Operation<None, never, never, api.Health> };
  "/api/goals": { get: Operation<None, Lang, never, api.GoalsReply> };
  "/api/workspaces": {
    get: Operation<None, never, never, { workspaces: api.Workspace[] }>;
    post: Operation<None, never, api.NewWorkspace, { slug: string }>;
  };
  "/api/workspaces/{ws}": {
    patch: Operation<Ws, never, { name: string }, { slug: string }>;
    delete: Operation<Ws, never, never, never>;
  };
  "/api/templates": { get: Operation<None, Lang, never, { templates: api.Template[] }> };
  "/api/workspaces/{ws}/map": { get: Operation<Ws, At, never, api.MapReply> };
  "/api/workspaces/{ws}/indicators/{id}": {
    get: Operation<Ws & { id: string }, At, never, api.IndicatorDetail>;
  };
  "/api/workspaces/{ws}/model": {
    get: Operation<Ws, { version?: number }, never, api.ModelText>;
    put: Operation<
      Ws,
      Lang,
      { yaml: string; base_version: number; note: string },
      { version: number }
    >;
  };
  "/api/workspaces/{ws}/model/check": {
    post: Operation<Ws, never, { yaml: string; lang: "ja" | "en" }, api.ModelCheck>;
  };
  "/api/workspaces/{ws}/model/edit": {
    post: Operation<
      Ws,
      never,
      {
        base_version: number;
        edits: api.Edit[];
        dry_run: boolean;
        lang: "ja" | "en";
        note?: string;
      },
      api.EditReply
    >;
  };
  "/api/workspaces/{ws}/versions": {
    get: Operation<Ws, never, never, { versions: api.ModelVersion[] }>;
  };
  "/api/workspaces/{ws}/versions/compare": {
    get: Operation<Ws, Lang & { old: number; new: number }, never, { changes: api.ModelChange[] }>;
  };
  "/api/workspaces/{ws}/versions/{n}/restore": {
    post: Operation<Ws & { n: number }, never, never, { version: number }>;
  };
  "/api/workspaces/{ws}/sources": {
    get: Operation<Ws, Lang, never, { sources: api.Source[] }>;
  };
  "/api/workspaces/{ws}/uploads/{id}/import": {
    post: Operation<
      Ws & { id: string },
      never,
      { source_id: string; spec: api.SourceSpec; base_version: number; lang: "ja" | "en" },
      api.ImportReply
    >;
  };
  "/api/workspaces/{ws}/uploads/{id}": {
    get: Operation<Ws & { id: string }, never, never, api.UploadProgress>;
  };
  "/api/workspaces/{ws}/views": {
    post: Operation<Ws, never, never, { token: string; url: string }>;
    delete: Operation<Ws, { token?: string }, never, never>;
  };
  "/api/workspaces/{ws}/view/{token}": {
    get: Operation<Ws & { token: string }, At, never, api.MapReply>;
  };
}
