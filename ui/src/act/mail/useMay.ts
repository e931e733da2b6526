import { useWorkspaces } from "../../api/useWorkspaces.ts";

interface May {
  /** Whether that is known by now; until then nothing is offered. */
  known: boolean;
  see: boolean;
  write: boolean;
  send: boolean;
  set: boolean;
}

/** What whoever looks may do with mail: see, write, send out, set senders up. */
export function useMay(ws: string): May {
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const least = (...roles: string[]) => role === undefined || roles.includes(role);
  return {
    known: role !== undefined,
    see: least("owner", "editor", "member"),
    write: role !== undefined && least("owner", "editor", "member"),
    send: role !== undefined && least("owner", "editor"),
    set: role === "owner",
  };
}
