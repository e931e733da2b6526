/**
 * The secret of a one-time link. It stands behind "#", which is not sent, and leaves the address
 * at once, so that it stays in no history and on no shared screen. It comes from the address or
 * from this tab's memory: React may ask twice, and readers reload.
 */
export function takeToken(kept: string): string {
  const token = location.hash.slice(1);
  if (token) {
    sessionStorage.setItem(kept, token);
    history.replaceState(history.state, "", location.pathname);
  }
  return token || (sessionStorage.getItem(kept) ?? "");
}
