import { useMutation, useQuery } from "@tanstack/react-query";
import { api, take } from "./client.ts";
import { useArrive } from "./useMe.ts";

/** Asks for a link by mail; the answer never tells whether anybody has the address. */
export function useAskLink() {
  return useMutation({
    mutationFn: (email: string) => take(api.POST("/api/sign-in/link", { body: { email } })),
  });
}

/** Whose sign-in a link is; looking leaves it unused. */
export function useSignInLink(token: string) {
  return useQuery({
    queryKey: ["sign-in-link", token],
    queryFn: () => take(api.POST("/api/sign-in/link/look", { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export function useSignInByLink() {
  return useMutation({
    mutationFn: (token: string) => take(api.POST("/api/sign-in/link/use", { body: { token } })),
    onSuccess: useArrive(),
  });
}
