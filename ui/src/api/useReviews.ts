import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";
import { useForgetModel } from "./useModel.ts";

type Schemas = components["schemas"];
export type ReviewsReply = Schemas["ReviewsReply"];
export type NextReview = Schemas["NextReview"];
export type PastReview = Schemas["PastReview"];
export type PlanBody = Schemas["PlanBody"];
export type ReviewPage = Schemas["ReviewPage"];
export type ReviewItem = Schemas["ReviewItem"];
export type ReviewPerson = Schemas["ReviewPerson"];
export type Decision = Schemas["DecisionView"];
export type DecisionKind = Decision["kind"];
export type DecideRequest = Schemas["DecideRequest"];
export type MinutesEdit = Schemas["MinutesEdit"];

/** How soon one asks again while the links are still being measured (ms). */
const AGAIN = 1500;

const KEY = "reviews";

/** The calendar of reviews, and every review there was. */
export function useReviews(ws: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [KEY, ws, "list", lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/reviews", {
          params: { path: { ws }, query: { lang } },
          signal,
        }),
      ),
  });
}

/** One review; "next" is the agenda as it would be today. */
export function useReviewPage(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: [KEY, ws, "one", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/reviews/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.evidence === "computing" ? AGAIN : false),
  });
}

/** The calendar: set, drop, move one review, leave one out, begin. */
export function useReviewActs(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: [KEY, ws] });
  const params = { path: { ws }, query: { lang } };
  return {
    plan: useMutation({
      mutationFn: (body: PlanBody) =>
        take(api.PUT("/api/workspaces/{ws}/reviews/plan", { params, body })),
      onSuccess,
    }),
    drop: useMutation({
      mutationFn: () =>
        take(api.DELETE("/api/workspaces/{ws}/reviews/plan", { params: { path: { ws } } })),
      onSuccess,
    }),
    move: useMutation({
      mutationFn: (body: { due: string; to?: string }) =>
        take(api.POST("/api/workspaces/{ws}/reviews/move", { params, body })),
      onSuccess,
    }),
    skip: useMutation({
      mutationFn: (body: { due: string; why: string }) =>
        take(api.POST("/api/workspaces/{ws}/reviews/skip", { params, body })),
      onSuccess,
    }),
    begin: useMutation({
      mutationFn: () => take(api.POST("/api/workspaces/{ws}/reviews", { params })),
      onSuccess,
    }),
  };
}

/** The minutes of a review that is going on: settle, take back, write, end. */
export function useMinutes(ws: string, id: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const forget = useForgetModel(ws);
  const params = { path: { ws, id }, query: { lang } };
  const mutationKey = ["settle", ws, id];
  // A review must not end while something of it is still being settled.
  const settling = useIsMutating({ mutationKey }) > 0;
  const onSuccess = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: [KEY, ws] }),
      client.invalidateQueries({ queryKey: ["initiatives", ws] }),
      forget(),
    ]);
  };
  return {
    settling,
    decide: useMutation({
      mutationKey,
      mutationFn: (body: DecideRequest) =>
        take(api.POST("/api/workspaces/{ws}/reviews/{id}/decisions", { params, body })),
      onSuccess,
    }),
    withdraw: useMutation({
      mutationKey,
      mutationFn: (item: string) =>
        take(
          api.DELETE("/api/workspaces/{ws}/reviews/{id}/decisions", {
            params: { path: { ws, id }, query: { lang, item } },
          }),
        ),
      onSuccess,
    }),
    reopen: useMutation({
      mutationFn: (body: { base_version: number; why: string }) =>
        take(api.POST("/api/workspaces/{ws}/reviews/{id}/reopen", { params, body })),
      onSuccess: () => client.invalidateQueries({ queryKey: [KEY, ws] }),
    }),
    write: useMutation({
      mutationFn: (body: MinutesEdit) =>
        take(api.PUT("/api/workspaces/{ws}/reviews/{id}", { params, body })),
      onSuccess: () => client.invalidateQueries({ queryKey: [KEY, ws] }),
    }),
  };
}

/** What a decision would do, without keeping it; null asks nothing. */
export function useTrial(ws: string, id: string, body: DecideRequest | null) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["review-trial", ws, id, body, lang],
    queryFn: () =>
      take(
        api.POST("/api/workspaces/{ws}/reviews/{id}/decisions", {
          params: { path: { ws, id }, query: { lang } },
          body: { ...(body as DecideRequest), dry_run: true },
        }),
      ),
    enabled: body !== null,
    retry: false,
  });
}

/** Puts something on the next review, and takes it off. */
export function useWishes(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: [KEY, ws] });
  return {
    add: useMutation({
      mutationFn: (body: { finding?: string; indicator?: string; text?: string }) =>
        take(
          api.POST("/api/workspaces/{ws}/review-wishes", {
            params: { path: { ws }, query: { lang } },
            body,
          }),
        ),
      onSuccess,
    }),
    drop: useMutation({
      mutationFn: (id: string) =>
        take(
          api.DELETE("/api/workspaces/{ws}/review-wishes/{id}", {
            params: { path: { ws, id }, query: { lang } },
          }),
        ),
      onSuccess,
    }),
  };
}
