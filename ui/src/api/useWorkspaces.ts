import { useQuery } from "@tanstack/react-query";
import { api, take } from "./client.ts";

/** All workspaces of this server. */
export function useWorkspaces() {
  return useQuery({
    queryKey: ["workspaces"],
    queryFn: ({ signal }) => take(api.GET("/api/workspaces", { signal })),
  });
}
