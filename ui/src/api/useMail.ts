import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type MailSender = Schemas["MailSenderView"];
export type MailSettings = Schemas["MailSenderSettings"];
export type MailTemplate = Schemas["MailTemplateView"];
export type MailBody = Schemas["MailTemplate"];
export type MailBlock = Schemas["MailBlock"];
export type Broadcast = Schemas["BroadcastView"];
export type Versus = Schemas["VersusView"];
export type MailOutcome = Schemas["MailOutcome"];
export type BroadcastPlan = Schemas["BroadcastPlan"];
export type BroadcastResult = Schemas["BroadcastResult"];
export type Audience = Schemas["AudienceView"];
export type LeftOut = Schemas["LeftOutView"];
export type Preflight = Schemas["PreflightView"];
export type PreflightCheck = Schemas["PreflightCheck"];
type Condition = Schemas["ConditionCondition"];

const KEY = (ws: string, ...rest: unknown[]) => ["mail", ws, ...rest];

/** What was done to mail makes old: all of it, for the parts name one another. */
function useForget(ws: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY(ws) });
}

export function useMailSenders(ws: string) {
  return useQuery({
    queryKey: KEY(ws, "senders"),
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/act/mail/senders", { params: { path: { ws } }, signal })),
  });
}

interface SenderWish {
  id?: string;
  name: string;
  settings: MailSettings;
  password?: string;
  version?: number;
}

export function useKeepSender(ws: string) {
  const forget = useForget(ws);
  return useMutation({
    mutationFn: ({ id, ...body }: SenderWish) =>
      id
        ? take(
            api.PUT("/api/workspaces/{ws}/act/mail/senders/{id}", {
              params: { path: { ws, id } },
              body,
            }),
          )
        : take(
            api.POST("/api/workspaces/{ws}/act/mail/senders", { params: { path: { ws } }, body }),
          ),
    onSuccess: forget,
  });
}

export function useDropSender(ws: string) {
  const forget = useForget(ws);
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/act/mail/senders/{id}", { params: { path: { ws, id } } }),
      ),
    onSuccess: forget,
  });
}

export function useMakeKey(ws: string) {
  const forget = useForget(ws);
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; algorithm: "rsa" | "ed25519"; selector: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/act/mail/senders/{id}/keys", {
          params: { path: { ws, id } },
          body,
        }),
      ),
    onSuccess: forget,
  });
}

/** Connects and signs in; nothing is sent. */
export function useTrySender(ws: string) {
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.POST("/api/workspaces/{ws}/act/mail/senders/{id}/try", {
          params: { path: { ws, id } },
        }),
      ),
  });
}

/** Whether the world would believe a sender, looked up now. */
export function usePreflight(ws: string, sender: string, template?: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: KEY(ws, "preflight", sender, template ?? "", lang),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/mail/senders/{id}/preflight", {
          params: { path: { ws, id: sender }, query: { lang, ...(template ? { template } : {}) } },
          signal,
        }),
      ),
    enabled: sender !== "",
    retry: false,
    staleTime: 60_000,
  });
}

export function useMailTemplates(ws: string) {
  return useQuery({
    queryKey: KEY(ws, "templates"),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/mail/templates", { params: { path: { ws } }, signal }),
      ),
  });
}

/** One template with its versions; version 0 is the newest. */
export function useMailTemplate(ws: string, id: string, version = 0) {
  return useQuery({
    queryKey: KEY(ws, "template", id, version),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/mail/templates/{id}", {
          params: { path: { ws, id }, query: { version } },
          signal,
        }),
      ),
    enabled: id !== "",
  });
}

export function useKeepTemplate(ws: string) {
  const forget = useForget(ws);
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, ...body }: { id?: string; template: MailBody; version?: number }) =>
      id
        ? take(
            api.PUT("/api/workspaces/{ws}/act/mail/templates/{id}", {
              params: { path: { ws, id }, query: { lang } },
              body,
            }),
          )
        : take(
            api.POST("/api/workspaces/{ws}/act/mail/templates", {
              params: { path: { ws }, query: { lang } },
              body,
            }),
          ),
    onSuccess: forget,
  });
}

export function useDropTemplate(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/act/mail/templates/{id}", {
          params: { path: { ws, id } },
        }),
      ),
    // What is gone itself is not asked for again: its page is still open.
    onSuccess: () => client.invalidateQueries({ queryKey: KEY(ws, "templates") }),
  });
}

/** A mail as one person would get it, while it is being written. */
export function useMailPreview(ws: string, template: MailBody, contact: string, enabled: boolean) {
  const { lang } = useLanguage();
  return useQuery({
    enabled,
    queryKey: KEY(ws, "preview", template, contact, lang),
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/act/mail/preview", {
          params: { path: { ws }, query: { lang } },
          body: { template, ...(contact ? { contact } : {}) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
    staleTime: 5 * 60_000, // the page of a preview lives longer
  });
}

export function useSendTest(ws: string) {
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, to, contact }: { id: string; to: string; contact: string }) =>
      take(
        api.POST("/api/workspaces/{ws}/act/mail/templates/{id}/test", {
          params: { path: { ws, id }, query: { lang } },
          body: { to, ...(contact ? { contact } : {}) },
        }),
      ),
  });
}

/** Real people to look at a mail as. */
export function useReaders(ws: string, search: string) {
  return useQuery({
    queryKey: KEY(ws, "readers", search),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/contacts", {
          params: { path: { ws }, query: { search, limit: 8 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

const MOVING: Broadcast["state"][] = ["queueing", "sending"];

export function useBroadcasts(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: KEY(ws, "broadcasts", lang),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/mail/broadcasts", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: (query) =>
      query.state.data?.broadcasts.some((one) => MOVING.includes(one.state)) ? 3000 : false,
  });
}

/** One broadcast; asked again and again while it is on its way. */
export function useBroadcast(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: KEY(ws, "broadcast", id, lang),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/mail/broadcasts/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    enabled: id !== "",
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      if (state && MOVING.includes(state)) return 1500;
      return state === "planned" ? 15_000 : false;
    },
  });
}

export function useKeepBroadcast(ws: string) {
  const forget = useForget(ws);
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, version, plan }: { id: string; version: number; plan: BroadcastPlan }) =>
      id
        ? take(
            api.PUT("/api/workspaces/{ws}/act/mail/broadcasts/{id}", {
              params: { path: { ws, id }, query: { lang } },
              body: { ...plan, version },
            }),
          )
        : take(
            api.POST("/api/workspaces/{ws}/act/mail/broadcasts", {
              params: { path: { ws }, query: { lang } },
              body: plan,
            }),
          ),
    onSuccess: forget,
  });
}

export function useMoveBroadcast(ws: string) {
  const forget = useForget(ws);
  const { lang } = useLanguage();
  return useMutation({
    mutationFn: ({ id, to }: { id: string; to: "draft" | "planned" | "sending" | "stopped" }) =>
      take(
        api.POST("/api/workspaces/{ws}/act/mail/broadcasts/{id}/move", {
          params: { path: { ws, id }, query: { lang } },
          body: { to },
        }),
      ),
    onSettled: forget,
  });
}

export function useDropBroadcast(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(
        api.DELETE("/api/workspaces/{ws}/act/mail/broadcasts/{id}", {
          params: { path: { ws, id } },
        }),
      ),
    // What is gone itself is not asked for again: its page is still open.
    onSuccess: () => client.invalidateQueries({ queryKey: KEY(ws, "broadcasts") }),
  });
}

/** Whom a broadcast would reach now, and why others not. */
export function useAudience(
  ws: string,
  ask: { audience?: Condition; template?: string },
  enabled: boolean,
) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: KEY(ws, "audience", ask, lang),
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/act/mail/audience", {
          params: { path: { ws }, query: { lang } },
          body: ask,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
    retry: false,
  });
}

/** Mails about which a person decides: nobody knows whether they arrived. */
export function useUnsure(ws: string, id: string, enabled: boolean) {
  return useQuery({
    queryKey: KEY(ws, "unsure", id),
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/act/mail/broadcasts/{id}/unsure", {
          params: { path: { ws, id } },
          signal,
        }),
      ),
    enabled,
  });
}

export function useDecide(ws: string) {
  const forget = useForget(ws);
  return useMutation({
    mutationFn: async ({ ids, send }: { ids: string[]; send: boolean }) => {
      for (const id of ids)
        await take(
          api.POST("/api/workspaces/{ws}/outbox/unknown/{id}", {
            params: { path: { ws, id } },
            body: { send },
          }),
        );
    },
    onSettled: forget,
  });
}

/** The indicators two wordings of a mail can be told apart by. */
export function useMailOutcomes(ws: string, enabled: boolean) {
  return useQuery({
    queryKey: ["mail", ws, "outcomes"],
    queryFn: async ({ signal }) => {
      const reply = await take(
        api.GET("/api/workspaces/{ws}/act/mail/outcomes", { params: { path: { ws } }, signal }),
      );
      return reply.outcomes;
    },
    enabled,
    staleTime: 60_000,
  });
}
