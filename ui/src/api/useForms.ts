import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";
import { useForgetModel } from "./useModel.ts";

type Schemas = components["schemas"];
export type Form = Schemas["FormView"];
export type FormDefinition = Schemas["FormDefinition"];
export type FormQuestion = Schemas["FormQuestion"];
export type FormWording = NonNullable<FormDefinition["other"]>;
export type FormQuestionWords = NonNullable<FormWording["questions"]>[string];
export type FormConsent = Schemas["FormConsent"];
export type FormScore = Schemas["FormScore"];
export type ScoreResult = Schemas["ScoreResult"];
export type QuestionResult = Schemas["QuestionResult"];
export type FormResults = Schemas["FormResultsReply"];
export type Submission = Schemas["SubmissionView"];
export type SubmissionState = Submission["state"];
export type FormVersion = Schemas["FormVersionView"];

const key = (ws: string) => ["forms", ws];

export function useForms(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

export function useForm(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
  });
}

export function useMakeForm(ws: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (body: { name: string; definition: FormDefinition }) =>
      take(
        api.POST("/api/workspaces/{ws}/forms", { params: { path: { ws }, query: { lang } }, body }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

export function useSaveForm(ws: string, id: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (body: { name: string; definition: FormDefinition; base_version: number }) =>
      take(
        api.PUT("/api/workspaces/{ws}/forms/{id}", {
          params: { path: { ws, id }, query: { lang } },
          body,
        }),
      ),
    onSuccess: (saved) => {
      client.setQueryData([...key(ws), id, lang], saved);
      return client.invalidateQueries({ queryKey: key(ws) });
    },
  });
}

export function useSwitchForm(ws: string, id: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (open: boolean) =>
      take(
        api.PUT("/api/workspaces/{ws}/forms/{id}/open", {
          params: { path: { ws, id }, query: { lang } },
          body: { open },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

export function useDropForm(ws: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      take(api.DELETE("/api/workspaces/{ws}/forms/{id}", { params: { path: { ws, id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: key(ws), exact: false }),
  });
}

/** A definition as visitors would see it in a language; it need not be right yet. */
export function useFormPreview(ws: string, definition: FormDefinition, read: "ja" | "en") {
  return useQuery({
    queryKey: ["formPreview", ws, definition, read],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/forms/preview", {
          params: { path: { ws }, query: { read } },
          body: definition,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}

export function useFormVersions(ws: string, id: string) {
  return useQuery({
    queryKey: [...key(ws), id, "versions"],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}/versions", {
          params: { path: { ws, id } },
          signal,
        }),
      ),
  });
}

export function useFormResults(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), id, "results", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}/results", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** A score cut by something; nothing is asked while `by` is empty. */
export function useFormCuts(ws: string, id: string, question: string, by: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), id, "cuts", question, by, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}/cuts", {
          params: { path: { ws, id }, query: { lang, question, by } },
          signal,
        }),
      ),
    enabled: by !== "",
  });
}

export type VoiceGroup = "" | "good" | "middle" | "poor";

/** What people wrote. */
export function useFormVoices(
  ws: string,
  id: string,
  asked: { question: string; group: VoiceGroup; text: string; segment: string },
) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), id, "voices", asked, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}/voices", {
          params: { path: { ws, id }, query: { lang, ...asked } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** A page of what was sent in; `before` is the id it goes on after. */
export function useSubmissions(
  ws: string,
  id: string,
  state: SubmissionState,
  before: string,
  enabled: boolean,
) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [...key(ws), id, "submissions", state, before, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/forms/{id}/submissions", {
          params: { path: { ws, id }, query: { lang, state, before } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Releases what was held, or refuses it. */
export function useJudge(ws: string, id: string) {
  const client = useQueryClient();
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ submission, accept }: { submission: string; accept: boolean }) =>
      take(
        api.POST("/api/workspaces/{ws}/forms/{id}/submissions/{submission}/judge", {
          params: { path: { ws, id, submission }, query: { lang } },
          body: { accept },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: key(ws) }),
  });
}

/** Puts a score, or how much is sent in, on the map. */
export function usePlaceForm(ws: string, id: string) {
  const client = useQueryClient();
  const forget = useForgetModel(ws);
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: (question: string) =>
      take(
        api.POST("/api/workspaces/{ws}/forms/{id}/place", {
          params: { path: { ws, id }, query: { lang } },
          body: { question },
        }),
      ),
    onSuccess: () => Promise.all([forget(), client.invalidateQueries({ queryKey: key(ws) })]),
  });
}

/** The senders a mail that asks once more can leave by. */
export function useConfirmSenders(ws: string, enabled: boolean) {
  return useQuery({
    queryKey: ["confirmSenders", ws],
    queryFn: async ({ signal }) => {
      const { senders } = await take(
        api.GET("/api/workspaces/{ws}/act/mail/senders", { params: { path: { ws } }, signal }),
      );
      return senders.filter((one) => one.settings.stream === "transactional");
    },
    enabled,
  });
}
