import { useId, useState } from "react";
import { useTalkAbout } from "../api/useTalk.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { classes } from "../kit/classes.ts";
import { Talk } from "./Talk.tsx";
import styles from "./talk.module.css";

interface TalkButtonProps {
  ws: string;
  about: string;
  /** The verb; beside it stands how much was asked. */
  label: string;
  /** What it is about, for those who hear the button alone. */
  name: string;
  small?: boolean;
}

/** A button that opens what is asked of a thing, right below it. Give `of` the place below. */
export function useTalkButton({ ws, about, label, name, small }: TalkButtonProps) {
  const { t } = useLanguage();
  const id = useId();
  const [open, setOpen] = useState(false);
  const asked = useTalkAbout(ws, about);
  const button = (
    <Button
      kind={small ? "text" : "outline"}
      small={small ?? false}
      aria-expanded={open}
      aria-controls={id}
      onClick={() => setOpen(!open)}
    >
      {label}
      <span className="sr">
        {asked ? t("talk.button.count", { name, count: asked.all }) : `: ${name}`}
      </span>
      {asked && (
        <span aria-hidden className={classes(styles.count, asked.unread > 0 && styles.fresh)}>
          {asked.all}
        </span>
      )}
    </Button>
  );
  const panel = open ? (
    <section id={id} className={styles.below} aria-label={t("talk.about", { name })}>
      <Talk ws={ws} about={about} />
    </section>
  ) : null;
  return { button, panel };
}
