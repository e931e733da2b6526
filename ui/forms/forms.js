// Shows forms in pages of other websites: every <div data-shirube-form="…"> becomes the form,
// in a frame of its own that is as high as what is in it. It keeps nothing and sends nothing
// but what somebody writes into the form; the visitor's id goes along only where shirube.js
// was allowed to keep one.
(() => {
  const script = document.currentScript;
  const origin = new URL(script ? script.src : location.href).origin;
  const shown = new Map();

  function visitor() {
    try {
      const measured = document.querySelector('script[data-key][src*="shirube.js"]');
      return (measured && localStorage.getItem(`shirube_${measured.dataset.key}`)) || "";
    } catch {
      return "";
    }
  }

  function show(place) {
    const id = place.getAttribute("data-shirube-form") || "";
    if (!/^[a-z0-9]{1,40}$/.test(id) || place.querySelector("iframe")) return;
    const address = new URL(`/f/${id}`, origin);
    address.searchParams.set("in", "frame");
    address.searchParams.set("page", location.origin + location.pathname);
    const who = visitor();
    if (who) address.searchParams.set("visitor", who);
    // A form of two languages is shown in the one named here, or in that of the page around it.
    const lang = place.getAttribute("data-lang");
    if (lang) address.searchParams.set("lang", lang);
    const around = document.documentElement.lang;
    if (around) address.searchParams.set("site_lang", around);
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = place.getAttribute("data-title") || document.title;
    frame.loading = "lazy";
    frame.style.cssText = "width:100%;border:0;min-height:320px;display:block;color-scheme:normal";
    shown.set(frame, place);
    place.append(frame);
  }

  addEventListener("message", (message) => {
    if (message.origin !== origin || !message.data || !message.data.shirubeForm) return;
    for (const [frame, place] of shown) {
      if (frame.contentWindow !== message.source) continue;
      const { height, sent, next } = message.data;
      if (typeof height === "number")
        frame.style.height = `${Math.min(Math.max(height, 40), 20000)}px`;
      if (!sent) continue;
      const form = message.data.shirubeForm;
      // The website may do something of its own, and keep us from going on.
      const goes = place.dispatchEvent(
        new CustomEvent("shirube:sent", { bubbles: true, cancelable: true, detail: { form } }),
      );
      if (goes && typeof next === "string" && next.startsWith("https://")) location.assign(next);
      else place.scrollIntoView({ block: "nearest" });
    }
  });

  const all = () => document.querySelectorAll("[data-shirube-form]").forEach(show);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
