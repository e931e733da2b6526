import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type AgreementReply = Schemas["AgreementReply"];
export type AgreementSaid = Schemas["AgreementSaid"];
export type AgreementPerson = Schemas["AgreementPerson"];
export type AgreementRow = Schemas["AgreementRow"];
export type AgreementCell = Schemas["AgreementCell"];

/** How far the team is with agreeing on the goal. */
export function useAgreement(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["agreement", ws, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/agreement", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** What is understood of words while they are typed. */
export function useReadWords(ws: string, said: AgreementSaid) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["agreement-read", ws, lang, said],
    queryFn: ({ signal }) =>
      take(
        api.POST("/api/workspaces/{ws}/agreement/read", {
          params: { path: { ws }, query: { lang } },
          body: said,
          signal,
        }),
      ),
    enabled: Object.values(said).some((one) => one.trim() !== ""),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Say it, ask others, propose words, sign them, take a signature back. */
export function useChangeAgreement(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const params = { path: { ws }, query: { lang } };
  const onSuccess = (reply: AgreementReply) => {
    client.setQueryData(["agreement", ws, lang], reply);
    // The map says whether anybody agreed.
    void client.invalidateQueries({ queryKey: ["map", ws] });
  };
  return {
    say: useMutation({
      mutationFn: (body: Schemas["AgreementSay"]) =>
        take(api.POST("/api/workspaces/{ws}/agreement/statements", { params, body })),
      onSuccess,
    }),
    ask: useMutation({
      mutationFn: (body: Schemas["AgreementAsk"]) =>
        take(api.POST("/api/workspaces/{ws}/agreement/rounds", { params, body })),
      onSuccess,
    }),
    propose: useMutation({
      mutationFn: (body: Schemas["AgreementPropose"]) =>
        take(api.POST("/api/workspaces/{ws}/agreement/wordings", { params, body })),
      onSuccess,
    }),
    sign: useMutation({
      mutationFn: (number: number) =>
        take(
          api.POST("/api/workspaces/{ws}/agreement/wordings/{number}/sign", {
            params: { path: { ws, number }, query: { lang } },
          }),
        ),
      onSuccess,
    }),
    withdraw: useMutation({
      mutationFn: ({ number, why }: { number: number; why: string }) =>
        take(
          api.POST("/api/workspaces/{ws}/agreement/wordings/{number}/withdraw", {
            params: { path: { ws, number }, query: { lang } },
            body: { why },
          }),
        ),
      onSuccess,
    }),
    remind: useMutation({
      mutationFn: () => take(api.POST("/api/workspaces/{ws}/agreement/remind", { params })),
    }),
  };
}
