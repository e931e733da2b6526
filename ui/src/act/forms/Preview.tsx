import { useEffect, useRef, useState } from "react";
import { type FormDefinition, useFormPreview } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./forms.module.css";

type Side = "form" | "done" | "mail";

/** What visitors will see, drawn by the server's own templates. */
export function Preview({
  ws,
  definition,
  read,
}: {
  ws: string;
  definition: FormDefinition;
  /** In which of its languages. */
  read: "ja" | "en";
}) {
  const { t } = useLanguage();
  const [side, setSide] = useState<Side>("form");
  const drawn = useFormPreview(ws, useSettled(definition, 250), read).data;
  const sides: Side[] = drawn?.mail ? ["form", "done", "mail"] : ["form", "done"];
  const shown = sides.includes(side) ? side : "form";
  const html = shown === "mail" ? drawn?.mail?.html : drawn?.[shown];
  return (
    <section className={styles.preview} aria-label={t("forms.preview")}>
      <div className={styles.previewHead}>
        <h2>{t("forms.preview")}</h2>
        {sides.map((one) => (
          <ChipButton
            key={one}
            on={one === shown}
            aria-pressed={one === shown}
            onClick={() => setSide(one)}
          >
            {t(`forms.preview.${one}`)}
          </ChipButton>
        ))}
      </div>
      {shown === "mail" && drawn?.mail && (
        <p className="quiet">{t("forms.preview.subject", { subject: drawn.mail.subject })}</p>
      )}
      <Page html={html ?? ""} label={t("forms.preview.frame")} />
    </section>
  );
}

/**
 * A page drawn into an empty one of our own: nothing in it runs, nothing is sent, and what is
 * typed meanwhile does not make it flicker as loading it anew would.
 */
export function Page({ html, label }: { html: string; label: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const inside = frame.current?.contentDocument;
    if (!ready || !inside?.body || !html) return;
    draw(inside, html);
    const grow = () => {
      const height = inside.documentElement?.scrollHeight ?? 0;
      if (frame.current && height > 0) {
        frame.current.style.height = "0";
        frame.current.style.height = `${Math.max(240, inside.documentElement.scrollHeight)}px`;
      }
    };
    grow();
    const late = setTimeout(grow, 80);
    return () => clearTimeout(late);
  }, [html, ready]);
  return (
    <iframe
      ref={frame}
      title={label}
      src="/f/preview"
      sandbox="allow-same-origin"
      className={styles.frame}
      onLoad={() => setReady(true)}
    />
  );
}

/** Read by the frame's own reader: its policy lets styles stand in a page, ours does not. */
function draw(inside: Document, html: string) {
  const view = inside.defaultView as (Window & typeof globalThis) | null;
  if (!view) return;
  const page = new view.DOMParser().parseFromString(html, "text/html");
  inside.documentElement.lang = page.documentElement.lang;
  inside.title = page.title;
  const head = [...page.head.querySelectorAll("style")].map((one) => inside.importNode(one, true));
  for (const old of inside.head.querySelectorAll("style")) old.remove();
  inside.head.append(...head);
  inside.body.className = page.body.className;
  inside.body.style.cssText = page.body.style.cssText;
  inside.body.replaceChildren(
    ...[...page.body.childNodes].map((node) => inside.importNode(node, true)),
  );
}
