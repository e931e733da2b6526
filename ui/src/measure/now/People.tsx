import type { NowReply } from "../../api/types.ts";
import type { Wire } from "../../api/useNow.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./now.module.css";

/** How many people are here; "at least" where more happened than is kept at hand. */
export function People({ reply, wire }: { reply: NowReply; wire: Wire }) {
  const { t, f } = useLanguage();
  const [before, after] = t(reply.partial ? "now.people.atLeast" : "now.people", {
    count: "\n",
  }).split("\n");
  return (
    <p className={styles.people} title={t("now.people.define")}>
      <i
        className={classes(wire === "live" && reply.people > 0 && styles.live)}
        aria-hidden="true"
      />
      {before}
      <b>{f.count(reply.people)}</b>
      {after}
    </p>
  );
}
