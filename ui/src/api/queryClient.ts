import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client.ts";

/** One cache for all screens. What the server refused is not asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: true,
        retry: (times, error) => !(error instanceof ApiError && error.status < 500) && times < 2,
      },
    },
  });
}
