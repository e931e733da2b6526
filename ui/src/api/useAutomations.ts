import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type WordingTrial = Schemas["WordingTrial"];
export type Automation = Schemas["AutomationView"];
export type AutomationCheck = Schemas["AutomationCheck"];
export type AutomationProblem = Schemas["AutomationProblem"];
export type AutomationSentences = Schemas["AutomationSentences"];
export type AutomationVersion = Schemas["AutomationVersionView"];
export type Replay = Schemas["ReplayReply"];
export type AutomationEffect = Schemas["EffectReply"];

const LIVE = 15_000; // ms; counts are of people who move while one looks

/** All automations, with how many people stand where. */
export function useAutomations(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["automations", ws, "list", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/automations", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: LIVE,
  });
}

export function useAutomation(ws: string, id: string, enabled = true) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["automations", ws, "one", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/automations/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled,
    refetchInterval: LIVE,
  });
}

/** What is wrong with a draft, and how its steps are said. */
export function useAutomationCheck(ws: string, definition: unknown) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["automations", ws, "check", lang, definition],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/automations/check", {
          params: { path: { ws }, query: { lang } },
          body: { definition },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** What an automation brings: those it acted for beside those held out. */
export function useAutomationEffect(ws: string, id: string, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["automations", ws, "effect", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/automations/{id}/effect", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled,
    staleTime: 60_000,
  });
}

/** What the second wordings of an automation's mails show. */
export function useWordings(ws: string, id: string, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["automations", ws, "wordings", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/automations/{id}/wordings", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled,
    staleTime: 60_000,
  });
}

/** The templates a mail can be of. */
export function useTemplateNames(ws: string) {
  return useQuery({
    queryKey: ["automations", ws, "templates"],
    queryFn: async ({ signal }) => {
      const reply = await take(
        api.GET("/api/workspaces/{ws}/act/mail/templates", { params: { path: { ws } }, signal }),
      );
      return reply.templates.map(({ id, template }) => ({
        id,
        name: template.name,
        stream: template.stream,
        topic: template.topic ?? "",
      }));
    },
    staleTime: 30_000,
  });
}

export function useAutomationVersions(ws: string, id: string, enabled: boolean) {
  return useQuery({
    queryKey: ["automations", ws, "versions", id],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/automations/{id}/versions", {
          params: { path: { ws, id } },
          signal,
        }),
      ),
    enabled,
  });
}

/** How many a trigger would have let in over the last three months. */
export function useTriggerReplay(ws: string, body: Schemas["ReplayTrigger"] | null) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["automations", ws, "replay", lang, body],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/automations/replay", {
          params: { path: { ws }, query: { lang } },
          body: body as Schemas["ReplayTrigger"],
          signal,
        }),
      ),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Make one, save its next version, switch it, delete it. */
export function useChangeAutomations(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  // Not waited for: what comes back may put another screen in the place of who asked, and
  // then nobody would be left to say that it is done.
  const onSuccess = () => {
    void client.invalidateQueries({ queryKey: ["automations", ws] });
  };
  const path = (id: string) => ({ params: { path: { ws, id }, query: { lang } } });
  return {
    create: useMutation({
      mutationFn: (definition: unknown) =>
        take(
          api.POST("/api/workspaces/{ws}/automations", {
            params: { path: { ws }, query: { lang } },
            body: { definition },
          }),
        ),
      onSuccess,
    }),
    save: useMutation({
      mutationFn: ({ id, base, definition }: { id: string; base: number; definition: unknown }) =>
        take(
          api.PUT("/api/workspaces/{ws}/automations/{id}", {
            ...path(id),
            body: { definition, base_version: base },
          }),
        ),
      onSuccess,
    }),
    turn: useMutation({
      mutationFn: ({
        id,
        version,
        inside,
      }: {
        id: string;
        version: number;
        inside?: "leave" | "finish";
      }) =>
        take(
          api.POST("/api/workspaces/{ws}/automations/{id}/switch", {
            ...path(id),
            body: { version, inside: inside ?? "leave" },
          }),
        ),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: string) =>
        take(api.DELETE("/api/workspaces/{ws}/automations/{id}", { params: { path: { ws, id } } })),
      onSuccess,
    }),
  };
}
