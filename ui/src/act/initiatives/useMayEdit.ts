import { useWorkspaces } from "../../api/useWorkspaces.ts";

/** Whether who is here may write initiatives; the server decides in the end. */
export function useMayEdit(ws: string): boolean {
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  return role === undefined || role === "owner" || role === "editor";
}
