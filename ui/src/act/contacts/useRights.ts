import { useWorkspaces } from "../../api/useWorkspaces.ts";

interface Rights {
  /** Undefined while it is not known yet. */
  see: boolean | undefined;
  edit: boolean;
  exports: boolean;
  manage: boolean;
}

/** What whoever is reading may do with people: the server's rules (internal/share/access), for what to offer. */
export function useRights(ws: string): Rights {
  const { data } = useWorkspaces();
  const here = data?.workspaces.find((one) => one.slug === ws);
  const manage = here?.role === "owner";
  const exports = (manage || here?.role === "editor") && here?.export === true;
  const edit = manage || here?.role === "editor" || here?.role === "member";
  return { see: data ? edit : undefined, edit, exports, manage };
}
