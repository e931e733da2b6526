import { createContext, useContext } from "react";

/** The KPIs the team watches for now; cards of the map carry a flag for them. */
export const Watched = createContext<ReadonlySet<string>>(new Set());

export function useWatched(id: string): boolean {
  return useContext(Watched).has(id);
}
