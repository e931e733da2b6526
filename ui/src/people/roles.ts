import type { Role } from "../api/types.ts";

/** Every role, the one that may do most first. */
export const ROLES: readonly Role[] = ["owner", "editor", "member", "viewer", "guest"];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
