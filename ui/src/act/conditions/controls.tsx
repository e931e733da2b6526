import { useEffect, useId, useRef, useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import styles from "./conditions.module.css";

interface Named {
  value: string;
  label: string;
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** A choice of one within a sentence, as wide as what is chosen. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select
      className={classes(styles.control, styles.choice)}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

/** No thing is called so: the choice that leads to writing. */
const WRITE = "\u0000write";

interface PickProps {
  label: string;
  value: string;
  options: Named[];
  /** What is not in the list may be written. */
  writable?: boolean;
  /** How it looks outside of a sentence. */
  className?: string | undefined;
  onChange: (value: string) => void;
}

/** One of what was seen or made, by name; what nobody has seen yet can be written. */
export function Pick({ label, value, options, writable, className, onChange }: PickProps) {
  const { t } = useLanguage();
  const [writing, setWriting] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (writing) box.current?.focus();
  }, [writing]);
  if (writable && (writing || options.length === 0))
    return (
      <input
        ref={box}
        className={className ?? classes(styles.control, styles.box)}
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const known = value === "" || options.some((one) => one.value === value);
  return (
    <select
      className={className ?? classes(styles.control, styles.choice, value === "" && styles.blank)}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) =>
        event.target.value === WRITE ? setWriting(true) : onChange(event.target.value)
      }
    >
      {value === "" && <option value="">{t("conditions.choose")}</option>}
      {!known && <option value={value}>{value}</option>}
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
      {writable && <option value={WRITE}>{t("conditions.write")}</option>}
    </select>
  );
}

interface BoxProps {
  label: string;
  value: string;
  suggestions?: string[];
  placeholder?: string;
  numeric?: boolean;
  onChange: (value: string) => void;
}

/** A short text within a sentence, with what was seen as suggestions. */
export function Box({ label, value, suggestions = [], placeholder, numeric, onChange }: BoxProps) {
  const id = useId();
  return (
    <>
      <input
        className={classes(styles.control, styles.box, numeric && styles.number)}
        aria-label={label}
        title={label}
        placeholder={placeholder}
        value={value}
        maxLength={200}
        autoComplete="off"
        {...(numeric ? { inputMode: "decimal" as const } : {})}
        {...(suggestions.length > 0 ? { list: id } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
      {suggestions.length > 0 && (
        <datalist id={id}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}

interface CountProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}

/** A whole number within a sentence. What is no number yet stays in the box alone. */
export function Count({ label, value, least, most, onChange }: CountProps) {
  const [text, setText] = useState(String(value));
  const shown = read(text, least, most) === value || text === "" ? text : String(value);
  return (
    <input
      className={classes(styles.control, styles.number)}
      aria-label={label}
      title={label}
      inputMode="numeric"
      value={shown}
      maxLength={8}
      autoComplete="off"
      onChange={(event) => {
        const next = event.target.value.normalize("NFKC").replace(/[^\d-]/g, "");
        setText(next);
        const number = read(next, least, most);
        if (number !== null) onChange(number);
      }}
      onBlur={() => setText(String(value))}
    />
  );
}

function read(text: string, least: number, most: number): number | null {
  if (!/^-?\d+$/.test(text)) return null;
  return Math.min(most, Math.max(least, Number(text)));
}
