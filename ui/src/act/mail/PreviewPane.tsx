import { type CSSProperties, useRef, useState } from "react";
import type { components } from "../../api/schema";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Chip, ChipButton } from "../../kit/Chip.tsx";
import { classes } from "../../kit/classes.ts";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useSize } from "../../kit/useSize.ts";
import sheet from "./preview.module.css";
import { ReaderPick } from "./ReaderPick.tsx";

interface PreviewPaneProps {
  ws: string;
  preview: components["schemas"]["MailPreview"] | undefined;
  busy: boolean;
  /** Something is wrong with what is being written: the last that was right is shown. */
  faults: number;
  /** Too little is written to show anything. */
  blank: boolean;
  reader: string;
  onReader: (contact: string) => void;
}

type Shape = "wide" | "phone" | "text";
const SHAPES: Shape[] = ["wide", "phone", "text"];
const WIDE = 680; // px
const CLIPPED = 102_400; // bytes: Gmail cuts what is longer

/** The mail as whoever gets it would see it: wide, on a phone, as text; light and dark. */
export function PreviewPane({
  ws,
  preview,
  busy,
  faults,
  blank,
  reader,
  onReader,
}: PreviewPaneProps) {
  const { t, f } = useLanguage();
  const [shape, setShape] = useState<Shape>("wide");
  const [dark, setDark] = useState(false);
  return (
    <section className={sheet.preview} aria-label={t("mail.preview")} aria-busy={busy}>
      <div className={sheet.previewHead}>
        {SHAPES.map((one) => (
          <ChipButton
            key={one}
            on={one === shape}
            aria-pressed={one === shape}
            onClick={() => setShape(one)}
          >
            {t(`mail.preview.${one}`)}
          </ChipButton>
        ))}
        <ChipButton
          icon={dark ? "moon" : "sun"}
          on={dark}
          aria-pressed={dark}
          disabled={shape === "text"}
          onClick={() => setDark(!dark)}
        >
          {t("mail.preview.dark")}
        </ChipButton>
        <ReaderPick ws={ws} reader={reader} onReader={onReader} />
      </div>
      {faults > 0 && (
        <output className={sheet.stale}>{t("mail.preview.faults", { count: faults })}</output>
      )}
      {preview ? (
        <>
          <p className={sheet.subject}>
            <span className="quiet">{t("mail.subject")}</span>
            <b>{preview.subject}</b>
          </p>
          {shape === "text" ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
            <pre className={sheet.plain} tabIndex={0}>
              {preview.text}
            </pre>
          ) : (
            <Frame
              src={`${preview.frame}${dark ? "?dark=true" : ""}`}
              title={t("mail.preview.frame")}
              phone={shape === "phone"}
            />
          )}
          <p className={sheet.facts}>
            <Chip flat>{t("mail.preview.links", { count: preview.links.length })}</Chip>
            <Chip flat>
              {t("mail.preview.size", { size: f.count(Math.ceil(preview.bytes / 1024)) })}
            </Chip>
            {preview.bytes > CLIPPED && <span className="warn">{t("mail.preview.clipped")}</span>}
          </p>
        </>
      ) : faults > 0 || blank ? (
        <p className={`${sheet.blank} quiet`}>
          {t(faults > 0 ? "mail.preview.none" : "mail.preview.blank")}
        </p>
      ) : (
        <Skeleton height={480} />
      )}
    </section>
  );
}

/** Shows the next page only once it is there: no flash between two letters. */
function Frame({ src, title, phone }: { src: string; title: string; phone: boolean }) {
  const [shown, setShown] = useState(src);
  const box = useRef<HTMLDivElement>(null);
  const { w } = useSize(box, { w: WIDE, h: 480 });
  // A mail is laid out for a wide window from 620 px on: where there is less room it is made smaller.
  const scale = phone ? 1 : Math.min(1, w / WIDE);
  return (
    <div
      ref={box}
      className={classes(sheet.frame, phone && sheet.narrow)}
      style={{ "--scale": scale } as CSSProperties}
    >
      {[...new Set([shown, src])].map((one) => (
        <iframe
          key={one}
          src={one}
          title={title}
          sandbox=""
          className={one === shown ? undefined : sheet.coming}
          aria-hidden={one === shown ? undefined : true}
          tabIndex={one === shown ? 0 : -1}
          onLoad={() => one === src && setShown(src)}
        />
      ))}
    </div>
  );
}
