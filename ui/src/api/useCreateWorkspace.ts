import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, take } from "./client.ts";
import type { NewWorkspace } from "./types.ts";

/** Makes a workspace from a template (or with a KGI only) and names its address. */
export function useCreateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: NewWorkspace) => take(api.POST("/api/workspaces", { body: wish })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["workspaces"] }),
        client.invalidateQueries({ queryKey: ["goals"] }),
      ]),
  });
}
