import { useMutation, useQuery } from "@tanstack/react-query";
import { api, take } from "./client.ts";

/** How the house writes and whom it lets in; for whoever set it up. */
export function useHouse() {
  return useQuery({
    queryKey: ["house"],
    queryFn: ({ signal }) => take(api.GET("/api/house", { signal })),
  });
}

/** Has the house write to oneself. */
export function useTryHouseMail() {
  return useMutation({ mutationFn: () => take(api.POST("/api/house/mail/try")) });
}
