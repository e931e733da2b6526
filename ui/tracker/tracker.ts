// shirube.js: what a website includes to be measured. No dependency, nothing stored on the visitor's
// machine and no id until the site says that the visitor agreed. Every field it sends is listed in
// sends.json, from which the notice page is made; a test holds the two together.
//
//   <script defer src="https://measure.example.com/shirube.js" data-key="shrb_w_…"></script>
//   shirube("track", "Inquiry Submitted", { form: "contact" })
//   shirube("consent", true)            from the consent manager: an id is kept from now on
//   shirube("identify", "user-1", {…})  only after consent
//
// The size is a promise (under 3 kB gzipped), hence the terse style.

type Properties = Record<string, unknown>;
type Call = [string, ...unknown[]];
type Hook = (form: HTMLFormElement) => Properties | false | undefined;
type Shirube = { (...call: Call): void; q?: ArrayLike<unknown>[] };
type Message = Properties & { messageId: string };

declare global {
  interface Window {
    shirube?: Shirube;
  }
}

const VERSION = "1";
const doc = document;
const script = doc.currentScript as HTMLScriptElement | null;
const given: DOMStringMap = script?.dataset ?? {};
const place = location;

/** Where events go: the host the script came from, unless told. */
const host = given.host || (script?.src ? new URL(script.src).origin : place.origin);
const store = `shirube_${given.key}`;
const FILES = /\.(pdf|zip|docx?|xlsx?|pptx?|csv|txt|epub|mp3|mp4|mov|dmg|exe|apk)$/i;

const pending: Message[] = [];
let timer: number | undefined;
let tries = 0;
let anonymousId: string | undefined;
let userId: string | undefined;
let viewed: string | undefined;
let shown: Properties = {}; // the page that is being looked at, as events tell of it
let visibleSince = 0;
let engaged = 0;
let deepest = 0;
let read = false;
let hook: Hook | undefined;

const uuid = (): string =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (+c ^ (Number(crypto.getRandomValues(new Uint8Array(1))) & (15 >> (+c / 4)))).toString(16),
  );

/** The kept id, where the visitor agreed; a browser that keeps nothing is no error. */
function kept(value?: string | null): string | undefined {
  try {
    if (value === null) localStorage.removeItem(store);
    else if (value) localStorage.setItem(store, value);
    return localStorage.getItem(store) || undefined;
  } catch {
    return value || undefined;
  }
}

function later(ms: number): void {
  if (timer === undefined) timer = window.setTimeout(flush, ms);
}

function add(type: string, fields: Properties): void {
  pending.push({
    type,
    messageId: uuid(),
    timestamp: new Date().toISOString(),
    anonymousId,
    userId,
    context: {
      page: shown,
      locale: navigator.language,
      screen: { width: screen.width },
      library: { name: "shirube.js", version: VERSION },
    },
    ...fields,
  });
  if (pending.length > 200) pending.shift(); // a server that is away must not fill the visitor's memory
  later(100);
}

const track = (event: string, properties?: Properties): void => add("track", { event, properties });

function body(batch: Message[]): string {
  shown.title = doc.title; // an application sets it only after the address
  return JSON.stringify({ writeKey: given.key, sentAt: new Date().toISOString(), batch });
}

/** text/plain keeps the browser from asking first (preflight). */
function flush(): void {
  timer = undefined;
  const batch = pending.splice(0, 50);
  if (!batch.length) return;
  const again = (seconds?: number): void => {
    pending.unshift(...batch);
    later(seconds ? seconds * 1000 : Math.min(60_000, 1000 * 2 ** tries++));
  };
  fetch(`${host}/v1/b`, {
    method: "POST",
    body: body(batch),
    headers: { "Content-Type": "text/plain" },
    keepalive: true,
    credentials: "omit",
  }).then(
    (answer) => {
      if (answer.status === 429 || answer.status >= 500)
        return again(Number(answer.headers.get("Retry-After")) || undefined);
      tries = 0;
      if (pending.length) later(0);
    },
    () => again(),
  );
}

/** The page is going away: what a beacon does not take stays for the next try. */
function beacon(): void {
  while (pending.length) {
    const batch = pending.splice(0, 50);
    if (!navigator.sendBeacon(`${host}/v1/b`, new Blob([body(batch)], { type: "text/plain" }))) {
      pending.unshift(...batch);
      return;
    }
  }
}

const visible = (): boolean => doc.visibilityState === "visible";
const now = (): number => performance.now();

/** Visible time so far goes with the page it was spent on. */
function engage(): void {
  if (visibleSince) engaged += now() - visibleSince;
  visibleSince = visible() ? now() : 0;
  if (engaged >= 1000 && viewed)
    track("Page Engaged", { engaged_ms: Math.round(engaged), scroll: deepest });
  engaged = 0;
}

function page(properties?: Properties): void {
  const url =
    place.origin + place.pathname + place.search + (given.hash !== undefined ? place.hash : "");
  if (url === viewed && !properties) return;
  if (viewed) engage();
  shown = { url: place.href, referrer: viewed ?? doc.referrer };
  viewed = url;
  deepest = 0;
  read = false;
  visibleSince = visible() ? now() : 0;
  add("page", { properties });
}

/** Properties that the page's author wrote beside a goal: data-shirube-plan="pro". */
function written(element: HTMLElement): Properties {
  const out: Properties = {};
  for (const [key, value] of Object.entries(element.dataset))
    if (key.startsWith("shirube") && key !== "shirubeGoal" && key !== "shirubeForm")
      out[key.charAt(7).toLowerCase() + key.slice(8)] = value;
  return out;
}

function clicked(event: Event): void {
  const target = event.target as Element;
  const goal = target.closest?.<HTMLElement>("[data-shirube-goal]");
  if (goal) track("Goal Clicked", { goal: goal.dataset.shirubeGoal, ...written(goal) });
  const link = target.closest?.<HTMLAnchorElement>("a[href]");
  if (!link?.href) return;
  const url = link.origin + link.pathname;
  if (FILES.test(link.pathname))
    track("File Downloaded", { url, file: link.pathname.split("/").pop() });
  else if (link.host !== place.host || !/^http/.test(link.protocol))
    // Of a phone number or a mail address only the kind is told.
    track("Outbound Link Clicked", { url: /^http/.test(link.protocol) ? url : link.protocol });
}

/** What is in the fields is never sent; a hook of the site may add what it wants. */
function submitted(event: Event): void {
  const form = event.target as HTMLFormElement;
  const more = hook?.(form);
  if (more === false || form.dataset.shirubeForm === "off") return;
  track("Form Submitted", {
    form: form.dataset.shirubeForm || form.id || form.getAttribute("name") || "",
    ...written(form),
    ...more,
  });
}

function scrolled(): void {
  const root = doc.documentElement;
  const percent = Math.round((100 * (scrollY + innerHeight)) / Math.max(1, root.scrollHeight));
  deepest = Math.min(100, Math.max(deepest, percent));
  if (deepest >= 90 && !read && scrollY > 0) {
    read = true;
    track("Page Scrolled", { percent: 90 });
  }
}

const commands: Record<string, (...values: never[]) => void> = {
  track,
  page: (properties?: Properties) => page(properties ?? {}),
  identify: (id: string, traits?: Properties) => {
    if (!anonymousId) return; // nobody agreed
    userId = String(id);
    add("identify", { traits });
  },
  consent: (agreed: boolean) => {
    if (agreed) {
      anonymousId ??= kept(kept() || uuid());
      return;
    }
    kept(null);
    anonymousId = userId = undefined;
  },
  form: (wanted: Hook) => {
    hook = wanted;
  },
};

const run = ([name, ...values]: Call): void => commands[name]?.(...(values as never[]));

function start(): void {
  const waiting = window.shirube?.q ?? [];
  window.shirube = (...call) => run(call);
  anonymousId = kept(); // it is only there when the visitor agreed before
  for (const call of Array.from(waiting)) run(Array.from(call) as Call);
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...values) {
      original.apply(this, values);
      page();
    };
  }
  addEventListener("popstate", () => page());
  if (given.hash !== undefined) addEventListener("hashchange", () => page());
  addEventListener("scroll", scrolled, { passive: true });
  doc.addEventListener("click", clicked, true);
  doc.addEventListener("auxclick", clicked, true);
  doc.addEventListener("submit", submitted, true);
  doc.addEventListener("visibilitychange", () => {
    engage();
    if (!visible()) beacon();
  });
  addEventListener("pagehide", () => {
    engage();
    beacon();
  });
  shown = { url: place.href, referrer: doc.referrer };
  if (given.auto !== "off") page();
}

// A page that is only being prepared is not a view yet.
if ((doc as { prerendering?: boolean }).prerendering)
  doc.addEventListener("prerenderingchange", start, { once: true });
else start();

export {};
