import type { IconName } from "../kit/Icon.tsx";

/** The five words. */
export const rooms = [
  { key: "map", icon: "map", to: "/w/$ws/map" },
  { key: "measure", icon: "measure", to: "/w/$ws/measure" },
  { key: "ask", icon: "ask", to: "/w/$ws/ask" },
  { key: "act", icon: "act", to: "/w/$ws/act" },
  { key: "share", icon: "share", to: "/w/$ws/share" },
] as const satisfies { key: string; icon: IconName; to: string }[];
