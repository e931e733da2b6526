import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, take } from "./client.ts";

export const workspacesQuery = queryOptions({
  queryKey: ["workspaces"],
  queryFn: ({ signal }) => take(api.GET("/api/workspaces", { signal })),
});

/** All workspaces of this server. */
export function useWorkspaces() {
  return useQuery(workspacesQuery);
}
