import { lazy, Suspense, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { MapReply } from "../../api/types.ts";
import { applyTheme } from "../../frame/theme.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./PrintSheet.module.css";

const MapPicture = lazy(() =>
  import("./MapPicture.tsx").then((module) => ({ default: module.MapPicture })),
);

/** On paper the map is one drawing on one page, with legend and date; the screen's own parts hide. */
export function PrintSheet({ reply }: { reply: MapReply }) {
  const { f } = useLanguage();
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The drawing must be there before the printer looks: loaded early, drawn at once.
    void import("./MapPicture.tsx");
    const begin = () => {
      // Paper is light whatever the screen is.
      document.documentElement.dataset.theme = "light";
      flushSync(() => setPrinting(true));
    };
    const end = () => {
      applyTheme();
      setPrinting(false);
    };
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return (
    <div className={styles.sheet} aria-hidden="true" data-printing={printing || undefined}>
      <ol>
        {reply.sentences.map((sentence) => (
          <li key={sentence.kind}>{sentence.parts.map((part) => part.text).join("")}</li>
        ))}
      </ol>
      {printing && (
        <Suspense fallback={f.day(reply.as_of)}>
          <MapPicture reply={reply} made={reply.today} />
        </Suspense>
      )}
    </div>
  );
}
