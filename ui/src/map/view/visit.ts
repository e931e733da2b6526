/** What the tab remembers of a read-only page. Inside the page of another site it may have no memory. */
function memory(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** The pass that telling the password of a page gave in this tab. */
export function rememberedPass(token: string): string {
  return memory()?.getItem(`shirube-pass-${token}`) ?? "";
}

export function rememberPass(token: string, pass: string): void {
  try {
    memory()?.setItem(`shirube-pass-${token}`, pass);
  } catch {
    // Full or forbidden: the password is asked for again after a reload.
  }
}

/** True the first time a page is opened in this tab: looking again is not another visit. */
export function firstVisit(token: string): boolean {
  const key = `shirube-seen-${token}`;
  const before = memory()?.getItem(key);
  try {
    memory()?.setItem(key, "1");
  } catch {
    // Then each opening counts.
  }
  return !before;
}
