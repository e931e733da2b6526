import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, take } from "./client.ts";
import type { Me } from "./types.ts";

const ME = ["me"];

export const meQuery = queryOptions({
  queryKey: ME,
  queryFn: ({ signal }) => take(api.GET("/api/me", { signal })),
  staleTime: 5 * 60_000,
});

/** Who is asking: a person, nobody yet, or everybody (the sample company). */
export function useMe() {
  return useQuery(meQuery);
}

/** Puts a new person in the place of whoever was here: nothing of theirs stays in memory. */
export function useArrive() {
  const client = useQueryClient();
  return (me: Me) => {
    client.clear();
    client.setQueryData(ME, me);
  };
}

export function useSignIn() {
  const arrive = useArrive();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      take(api.POST("/api/sign-in", { body })),
    onSuccess: arrive,
  });
}

/** Signs out of this browser, or of all of them. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (everywhere: boolean) =>
      everywhere ? take(api.DELETE("/api/me/sign-ins")) : take(api.POST("/api/sign-out")),
    onSuccess: () => client.clear(),
  });
}

/** What a one-time link is for; asking leaves it unused. */
export function useEntry(token: string) {
  return useQuery({
    queryKey: ["entry", token],
    queryFn: () => take(api.POST("/api/welcome/look", { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useEnter() {
  const arrive = useArrive();
  return useMutation({
    mutationFn: (body: {
      token: string;
      name: string;
      email: string;
      password?: string;
      locale: "ja" | "en";
    }) => take(api.POST("/api/welcome", { body })),
    onSuccess: arrive,
  });
}

export function useDescribeMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; locale: "ja" | "en" }) =>
      take(api.PATCH("/api/me", { body })),
    onSuccess: (me) => {
      client.setQueryData(ME, me);
      void client.invalidateQueries({ queryKey: ["account-record"] });
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current?: string; new: string }) =>
      take(api.PUT("/api/me/password", { body })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["sign-ins"] });
      void client.invalidateQueries({ queryKey: ["account-record"] });
      void client.invalidateQueries({ queryKey: ME });
    },
  });
}

/** Where one is signed in. */
export function useSignIns() {
  return useQuery({
    queryKey: ["sign-ins"],
    queryFn: ({ signal }) => take(api.GET("/api/me/sign-ins", { signal })),
  });
}

/** The accounts elsewhere that one signs in with. */
export function useTies() {
  return useQuery({
    queryKey: ["ties"],
    queryFn: ({ signal }) => take(api.GET("/api/me/identities", { signal })),
  });
}

export function useUntie() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/me/identities/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      for (const key of ["ties", "sign-ins", "account-record"])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}

/** What was done with one's own account. */
export function useAccountRecord(lang: "ja" | "en") {
  return useQuery({
    queryKey: ["account-record", lang],
    queryFn: ({ signal }) =>
      take(api.GET("/api/me/record", { params: { query: { lang } }, signal })),
  });
}

export function useEndSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take(api.DELETE("/api/me/sign-ins/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["sign-ins"] });
      void client.invalidateQueries({ queryKey: ["account-record"] });
    },
  });
}
