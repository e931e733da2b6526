import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client.ts";

/**
 * One cache for all screens. What the server refused is not asked again; `signedOut` is called
 * when it no longer knows who asks.
 */
export function makeQueryClient(signedOut?: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) signedOut?.();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: true,
        retry: (times, error) => !(error instanceof ApiError && error.status < 500) && times < 2,
      },
    },
  });
}
