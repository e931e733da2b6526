import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { classes } from "./classes.ts";
import styles from "./Field.module.css";

interface FrameProps {
  label: string;
  /** A quiet line below. */
  hint?: ReactNode;
  /** What is wrong and what to do; turns the box red. */
  error?: ReactNode;
  /** Says 任意 beside the label. */
  optional?: boolean;
}

interface Wires {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  className: string;
}

function Frame({
  label,
  hint,
  error,
  optional,
  children,
}: FrameProps & { children: (wires: Wires) => ReactNode }) {
  const { t } = useLanguage();
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {label}
        {optional && <span className={styles.optional}>{t("kit.optional")}</span>}
      </label>
      {children({
        id,
        "aria-describedby": below ? `${id}-below` : undefined,
        "aria-invalid": error ? true : undefined,
        className: classes(styles.box, error ? styles.wrong : null),
      })}
      {below && (
        <p id={`${id}-below`} className={error ? styles.error : styles.hint}>
          {below}
        </p>
      )}
    </div>
  );
}

type FieldProps = FrameProps & InputHTMLAttributes<HTMLInputElement>;

/** A labelled line to write in. */
export function Field({ label, hint, error, optional, ...rest }: FieldProps) {
  return (
    <Frame label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wires) => <input autoComplete="off" {...rest} {...wires} />}
    </Frame>
  );
}

type TextFieldProps = FrameProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** A labelled box for a few sentences. */
export function TextField({ label, hint, error, optional, rows = 3, ...rest }: TextFieldProps) {
  return (
    <Frame label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wires) => <textarea rows={rows} {...rest} {...wires} />}
    </Frame>
  );
}

type SelectProps = FrameProps &
  SelectHTMLAttributes<HTMLSelectElement> & {
    options: { value: string; label: string; disabled?: boolean }[];
  };

/** A labelled choice of one. */
export function Select({ label, hint, error, optional, options, ...rest }: SelectProps) {
  return (
    <Frame label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wires) => (
        <select {...rest} {...wires}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}
