import type { Definition } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Popover } from "../../kit/Popover.tsx";
import styles from "./parts.module.css";

interface DefineProps {
  definition: Definition | undefined;
  align?: "start" | "end";
}

/** The small i beside a number: how it is counted, on a click. */
export function Define({ definition, align = "start" }: DefineProps) {
  const { t } = useLanguage();
  if (!definition) return null;
  const label = t("report.define", { name: definition.name });
  return (
    <Popover
      label={label}
      align={align}
      className={styles.define}
      trigger={(wires) => (
        <button
          type="button"
          className={styles.i}
          aria-label={label}
          title={definition.text}
          {...wires}
        >
          <Icon name="info" size={14} />
        </button>
      )}
    >
      {() => (
        <div className={styles.definition}>
          <b>{definition.name}</b>
          <p>{definition.text}</p>
        </div>
      )}
    </Popover>
  );
}
