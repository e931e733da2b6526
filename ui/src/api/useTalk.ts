import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { api, take } from "./client.ts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type TalkHead = Schemas["QuestionHead"];
export type TalkThread = Schemas["QuestionThread"];
export type TalkMessage = Schemas["QuestionMessage"];
export type TalkPiece = Schemas["QuestionPiece"];
export type TalkVoice = Schemas["QuestionVoice"];
export type TalkShow = "open" | "yours" | "settled" | "all";

/** How often one looks whether something new was said (ms). */
const AGAIN = 60_000;

interface TalkFilter {
  show: TalkShow;
  about?: string | undefined;
  search?: string | undefined;
}

/** Threads without what was said in them, page after page. */
export function useTalks(ws: string, filter: TalkFilter) {
  const { lang } = useLanguage();
  return useInfiniteQuery({
    queryKey: ["talk", ws, "list", lang, filter],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/questions", {
          params: {
            path: { ws },
            query: {
              lang,
              show: filter.show,
              ...(filter.about ? { about: filter.about } : {}),
              ...(filter.search ? { search: filter.search } : {}),
              ...(pageParam ? { before: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: AGAIN,
  });
}

/** One thread. */
export function useThread(ws: string, id: string) {
  const { lang } = useLanguage();
  return useQuery({
    queryKey: ["talk", ws, "one", id, lang],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/questions/{id}", {
          params: { path: { ws, id }, query: { lang } },
          signal,
        }),
      ),
    refetchInterval: AGAIN,
  });
}

/** How much is asked and new, by what it is about. */
export function useTalkOverview(ws: string | undefined) {
  return useQuery({
    queryKey: ["talk", ws, "overview"],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/workspaces/{ws}/questions/overview", {
          params: { path: { ws: ws ?? "" } },
          signal,
        }),
      ),
    enabled: ws !== undefined,
    staleTime: AGAIN / 2,
    refetchInterval: AGAIN,
    retry: false,
  });
}

/** How much was asked of one thing. */
export function useTalkAbout(ws: string | undefined, about: string) {
  const overview = useTalkOverview(ws);
  return overview.data?.subjects.find((one) => one.about === about);
}

/** Who can be called by name. */
export function useTalkPeople(ws: string, wanted: boolean) {
  return useQuery({
    queryKey: ["talk", ws, "people"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/questions/people", { params: { path: { ws } }, signal })),
    enabled: wanted,
    staleTime: 5 * 60_000,
  });
}

/** Ask, answer, change, settle. Every reply is the whole thread as it stands. */
export function useTalkActs(ws: string) {
  const { lang } = useLanguage();
  const client = useQueryClient();
  const query = { lang };
  function came(thread: TalkThread) {
    client.setQueryData(["talk", ws, "one", thread.id, lang], thread);
    void client.invalidateQueries({ queryKey: ["talk", ws, "list"] });
    void client.invalidateQueries({ queryKey: ["talk", ws, "overview"] });
  }
  const of = (id: string) => ({ params: { path: { ws, id }, query } });
  return {
    ask: useMutation({
      mutationFn: (body: { about: string; text: string }) =>
        take(api.POST("/api/workspaces/{ws}/questions", { params: { path: { ws }, query }, body })),
      onSuccess: came,
    }),
    say: useMutation({
      mutationFn: ({ id, text }: { id: string; text: string }) =>
        take(
          api.POST("/api/workspaces/{ws}/questions/{id}/messages", { ...of(id), body: { text } }),
        ),
      onSuccess: came,
    }),
    edit: useMutation({
      mutationFn: ({ id, number, text }: { id: string; number: number; text: string }) =>
        take(
          api.PUT("/api/workspaces/{ws}/questions/{id}/messages/{number}", {
            params: { path: { ws, id, number }, query },
            body: { text },
          }),
        ),
      onSuccess: came,
    }),
    remove: useMutation({
      mutationFn: ({ id, number }: { id: string; number: number }) =>
        take(
          api.DELETE("/api/workspaces/{ws}/questions/{id}/messages/{number}", {
            params: { path: { ws, id, number }, query },
          }),
        ),
      onSuccess: came,
    }),
    settle: useMutation({
      mutationFn: ({ id, answer }: { id: string; answer: number }) =>
        take(
          api.PUT("/api/workspaces/{ws}/questions/{id}/answer", { ...of(id), body: { answer } }),
        ),
      onSuccess: came,
    }),
    reopen: useMutation({
      mutationFn: (id: string) =>
        take(api.DELETE("/api/workspaces/{ws}/questions/{id}/answer", of(id))),
      onSuccess: came,
    }),
    forget: useMutation({
      mutationFn: (id: string) => take(api.DELETE("/api/workspaces/{ws}/questions/{id}", of(id))),
      onSuccess: (_, id) => {
        // Gone from the lists at once: whoever shows it must not ask for it again.
        client.setQueriesData<InfiniteData<Schemas["QuestionsReply"]>>(
          { queryKey: ["talk", ws, "list"] },
          (old) =>
            old && {
              ...old,
              pages: old.pages.map((page) => ({
                ...page,
                questions: page.questions.filter((one) => one.id !== id),
              })),
            },
        );
        void client.invalidateQueries({ queryKey: ["talk", ws, "list"] });
        void client.invalidateQueries({ queryKey: ["talk", ws, "overview"] });
      },
    }),
    read: useMutation({
      mutationFn: ({ id, number }: { id: string; number: number }) =>
        take(api.POST("/api/workspaces/{ws}/questions/{id}/read", { ...of(id), body: { number } })),
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ["talk", ws] });
      },
    }),
  };
}

/** Where the team hears of questions; only for those who may decide it. */
export function useTalkSettings(ws: string) {
  return useQuery({
    queryKey: ["talk", ws, "settings"],
    queryFn: ({ signal }) =>
      take(api.GET("/api/workspaces/{ws}/question-settings", { params: { path: { ws } }, signal })),
  });
}

export function useChangeTalkSettings(ws: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (places: string[]) =>
      take(
        api.PUT("/api/workspaces/{ws}/question-settings", {
          params: { path: { ws } },
          body: { places },
        }),
      ),
    onSuccess: (reply) => client.setQueryData(["talk", ws, "settings"], reply),
  });
}
