import type { Status } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./Board.module.css";

interface FoldButtonProps {
  name: string;
  /** How many cards are folded away; 0 while they are shown. */
  count: number;
  /** The status most in need of a look among them. */
  worst: Status | null;
  onClick: () => void;
}

/** At a card's right edge: folds away what leads to it, or tells what is folded. */
export function FoldButton({ name, count, worst, onClick }: FoldButtonProps) {
  const { t } = useLanguage();
  const label = count > 0 ? t("map.expand", { name, count }) : t("map.collapse", { name });
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes(styles.fold, count > 0 && styles.folded)}
      aria-expanded={count === 0}
      title={label}
      onClick={onClick}
    >
      <span className="sr">{label}</span>
      {count > 0 ? (
        <>
          {worst && <Mark status={worst} size={12} silent />}
          <span aria-hidden="true">+{count}</span>
        </>
      ) : (
        <Icon name="left" size={12} />
      )}
    </button>
  );
}
